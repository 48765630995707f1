package org.lsat.example;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.util.Collection;

/** Currencies as the answers list them: code, name, first and last day with a rate. */
final class CurrencyList {

    private CurrencyList() {}

    static JsonArray of(Collection<Series> currencies) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        for (Series each : currencies) {
            list.add(Json.createObjectBuilder()
                    .add("code", each.code())
                    .add("name", each.name())
                    .add("first", each.first().date().toString())
                    .add("last", each.newest().date().toString()));
        }
        return list.build();
    }
}
