package org.lsat.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The published files of cases: tab-separated, one row a case, {@code #} begins a comment. */
final class Corpus {

    private Corpus() {}

    static Stream<List<String>> rows(String file) {
        InputStream in = Corpus.class.getResourceAsStream(file);
        if (in == null) {
            throw new IllegalArgumentException(file);
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().toList();
            return lines.stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split("\t", -1)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
