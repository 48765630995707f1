package org.lsat.example;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A paid call as commands of a shell; bash, dash and zsh read them alike, and they need only curl and sed. The page shows
 * them step by step, the console in one line.
 *
 * @param base the address of the application, without a slash at its end; of {@link Address}, so that it needs no quoting
 * @param playMoney whether the wallet in this server pays, or a person with another one
 */
record PaidCall(String base, boolean playMoney) {

    /** Asks for a rate, and keeps the two halves of the challenge: macaroon and invoice. */
    List<String> ask() {
        return List.of(
                "u=" + base,
                "a=$(curl -si \"$u/api/rates/USD\" | sed -n '/: L402 macaroon=/p')",
                "m=$(echo \"$a\" | sed 's/.*macaroon=\"\\([^\"]*\\).*/\\1/')",
                "i=$(echo \"$a\" | sed 's/.*invoice=\"\\([^\"]*\\).*/\\1/')");
    }

    /** Has the invoice paid, and keeps the receipt: the preimage. */
    List<String> pay() {
        return playMoney
                ? List.of("p=$(curl -s \"$u/lsat/dev/pay\" -H 'Content-Type: application/json'"
                        + " -d '{\"invoice\":\"'\"$i\"'\"}' | sed 's/.*\"preimage\" *: *\"\\([^\"]*\\).*/\\1/')")
                : List.of("echo \"$i\"", "read -r p");
    }

    /** Asks again. The braces keep zsh from reading what follows a colon as a modifier. */
    List<String> askAgain() {
        return List.of("curl -s \"$u/api/rates/USD\" -H \"Authorization: L402 ${m}:${p}\"; echo");
    }

    /** All of it, in a subshell: it leaves no variables behind. */
    String line() {
        return Stream.of(ask(), pay(), askAgain()).flatMap(List::stream).collect(Collectors.joining("; ", "(", ")"));
    }
}
