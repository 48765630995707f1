package org.lsat.example;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** {@code GET /}: what is for sale, what it costs and how to pay, for people. */
@WebServlet(urlPatterns = "", loadOnStartup = HomePage.LAST)
public class HomePage extends HttpServlet {

    /** After RESTEasy, whose number is 1, so that what is to be pasted comes last on the console. */
    static final int LAST = 2;

    /** Where the server's own configuration asks for it, with the address it serves: see src/run. */
    private static final String ANNOUNCED = "example.announce";

    /** The page loads nothing, so it may be forbidden to. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private boolean playMoney;
    private String template = "";

    /** The server does this when the application's listeners and filters are up: it serves from now on. */
    @Override
    @SuppressWarnings("SystemOut") // a person at a terminal is waiting for it
    public void init() {
        Config config = ConfigProvider.getConfig();
        playMoney =
                config.getOptionalValue("lsat.backend", String.class).orElse("").equals("dev");
        template = filledAtStart(config, playMoney);
        String address = getServletContext().getInitParameter(ANNOUNCED);
        if (address != null) {
            System.out.printf(
                    "%nExchange rates for sale: %s%nA paid call, to paste into another shell:%n%n%s%n%nCtrl-C ends it.%n",
                    address, new PaidCall(address, playMoney).line());
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PaidCall call = new PaidCall(Address.of(request), playMoney);
        String page = template.replace("{{ask}}", lines(call.ask()))
                .replace("{{pay}}", lines(call.pay()))
                .replace("{{ask-again}}", lines(call.askAgain()))
                .replace("{{line}}", escaped(call.line()));
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }

    private static String filledAtStart(Config config, boolean playMoney) {
        return resource("page.html")
                .replace("{{money}}", resource(playMoney ? "money-play.html" : "money-real.html"))
                .replace("{{offers}}", rows(offers(config)))
                .replace("{{plans}}", rows(plans(config)))
                .replace("{{source}}", escaped(ReferenceRates.published().source()));
    }

    private static List<Offer> offers(Config config) {
        return List.of(
                new Offer("GET /api/currencies", "Which currencies there are", "free", "no payment needed"),
                Offer.of(config, "rate", "GET /api/rates/USD"),
                Offer.of(config, "sample", "GET /api/sample/USD"),
                Offer.of(config, "search", "POST /api/search {\"q\":\"krone\"}"),
                Offer.of(config, HistoryResource.class, "GET /api/history/USD.csv"),
                Offer.of(config, ProResource.class, "GET /api/pro/USD"));
    }

    private static List<Offer> plans(Config config) {
        return Stream.of("hundred", "month", "deposit")
                .map(plan -> Offer.ofPlan(config, plan))
                .toList();
    }

    private static String rows(List<Offer> offers) {
        return offers.stream().map(HomePage::row).collect(Collectors.joining());
    }

    private static String row(Offer offer) {
        return "<tr><th scope=\"row\">" + escaped(offer.description()) + "<code>" + escaped(offer.request())
                + "</code></th><td class=\"price\">" + escaped(offer.price()) + "</td><td>" + escaped(offer.buys())
                + "</td></tr>\n";
    }

    private static String lines(List<String> commands) {
        return escaped(String.join("\n", commands));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream stream = HomePage.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not in the application");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
