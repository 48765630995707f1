package org.lsat.it.rest;

import jakarta.ws.rs.Path;

/** Says nothing of its methods itself. */
@Path("interface")
public class ContractResource implements Contract {

    @Override
    public String paid() {
        return Sold.content("interface");
    }

    @Override
    public String free() {
        return "free\n";
    }
}
