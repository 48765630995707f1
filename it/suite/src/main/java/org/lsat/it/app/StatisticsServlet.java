package org.lsat.it.app;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.lsat.servlet.PaywallMXBean;

/** What JMX shows of this application's paywall, one number a line; {@code revoke=} revokes a payment first. */
@WebServlet("/statistics")
public class StatisticsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Map<String, Object> lines = new TreeMap<>();
        try {
            for (ObjectName name : server.queryNames(new ObjectName("org.lsat:type=Paywall,*"), null)) {
                String application = ObjectName.unquote(name.getKeyProperty("application"));
                if (application.equals(getServletContext().getVirtualServerName() + request.getContextPath() + "/")) {
                    PaywallMXBean paywall = JMX.newMXBeanProxy(server, name, PaywallMXBean.class);
                    if (request.getParameter("revoke") != null) {
                        paywall.revoke(request.getParameter("revoke"));
                    }
                    lines.put("revoked", paywall.getRevoked());
                    paywall.getChallenges().forEach((rule, number) -> lines.put("challenges " + rule, number));
                    paywall.getFirstUses().forEach((rule, number) -> lines.put("first uses " + rule, number));
                    paywall.getSoldMsat().forEach((rule, number) -> lines.put("sold msat " + rule, number));
                    paywall.getPaidRequests().forEach((rule, number) -> lines.put("paid requests " + rule, number));
                    paywall.getWaivedRequests().forEach((rule, number) -> lines.put("waived requests " + rule, number));
                    paywall.getNotEnforcedRequests()
                            .forEach((rule, number) -> lines.put("not enforced requests " + rule, number));
                    paywall.getNotEnforcedMsat()
                            .forEach((rule, number) -> lines.put("not enforced msat " + rule, number));
                    paywall.getRefusals().forEach((reason, number) -> lines.put("refusals " + reason, number));
                    lines.put("node", paywall.checkNode());
                }
            }
        } catch (JMException e) {
            throw new IOException(e);
        }
        response.setContentType("text/plain");
        for (Map.Entry<String, Object> line : lines.entrySet()) {
            response.getWriter().write(line.getKey() + "=" + line.getValue() + "\n");
        }
    }
}
