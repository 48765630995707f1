package org.lsat.servlet;

import java.util.List;
import java.util.Map;

/**
 * What a paywall has done since its start, for JMX: {@code org.lsat:type=Paywall,application="<host><context path>/"}. The
 * numbers only rise.
 */
public interface PaywallMXBean {

    /** Answers with a new invoice (402), by the rule or plan that they offer. */
    Map<String, Long> getChallenges();

    /** Payments that were used for the first time, by rule or plan; of passes: for the first time since the start. */
    Map<String, Long> getFirstUses();

    /** What those payments were worth in millisatoshi, by rule or plan. */
    Map<String, Long> getSoldMsat();

    /** Paid requests that went on to the application, by rule. */
    Map<String, Long> getPaidRequests();

    /** Requests that have a price and were let through without payment, by rule: see its properties free and free-for-roles. */
    Map<String, Long> getWaivedRequests();

    /** Requests that would have had to be paid for, were they not let through by {@code lsat.enforce=false}, by rule. */
    Map<String, Long> getNotEnforcedRequests();

    /** What those requests would have cost in millisatoshi, each by itself, by rule. */
    Map<String, Long> getNotEnforcedMsat();

    /** Requests that were refused without an invoice, by reason, as the answers name it. */
    Map<String, Long> getRefusals();

    /** What the payment hashes begin with whose tokens are refused. */
    List<String> getRevoked();

    /**
     * Refuses the tokens of a payment; where the ledger is in a database, within seconds at all servers that share it, and after
     * a restart, too.
     *
     * @param hashPrefix 8 to 64 hex digits of its hash, as the log shows them
     */
    void revoke(String hashPrefix);

    /** Asks the backend whether it could make an invoice now, without making one; {@code ok}, or what is wrong. */
    String checkNode();
}
