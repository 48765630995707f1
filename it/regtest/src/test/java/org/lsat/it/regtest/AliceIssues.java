package org.lsat.it.regtest;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.lightningj.lnd.proto.LightningApi;
import org.lsat.protocol.PaymentHash;
import org.lsat.testkit.FakeLightningAddress;

/** Alice makes the invoices of a Lightning Address. */
record AliceIssues(LndNode alice) implements FakeLightningAddress.Issuer {

    @Override
    public String invoice(long amountMsat, String descriptionHash) {
        return alice.addInvoice(amountMsat, descriptionHash);
    }

    @Override
    public boolean isSettled(PaymentHash payment) {
        try {
            return alice.lookUp(payment.bytes()).getState() == LightningApi.Invoice.InvoiceState.SETTLED;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}
