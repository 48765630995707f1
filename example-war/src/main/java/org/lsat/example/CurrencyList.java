package org.lsat.example;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import java.util.Collection;
import java.util.Map;

/** Currencies as the answers list them: code, name, first and last day with a rate. */
final class CurrencyList {

    /** Made once: {@code Json.create…} looks its provider up at each call, which is most of the time of a long list. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private CurrencyList() {}

    static JsonArray of(Collection<Series> currencies) {
        JsonArrayBuilder list = JSON.createArrayBuilder();
        for (Series each : currencies) {
            list.add(JSON.createObjectBuilder()
                    .add("code", each.code())
                    .add("name", each.name())
                    .add("first", each.first().date().toString())
                    .add("last", each.newest().date().toString()));
        }
        return list.build();
    }
}
