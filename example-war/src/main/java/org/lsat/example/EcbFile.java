package org.lsat.example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.zip.ZipInputStream;

/**
 * Reads the file which the European Central Bank publishes: a zip of one CSV, the newest day first. A line is a date and a
 * figure for each currency of the heading, {@code N/A} where there was none, and ends in a comma.
 */
final class EcbFile {

    private static final String ZIP = "eurofxref-hist.zip";
    private static final String NAMES = "currency-names.properties";
    private static final String NONE = "N/A";

    private EcbFile() {}

    /** Reads the file in this application, as it was published. */
    static ReferenceRates packaged() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(resource(ZIP))) {
            if (zip.getNextEntry() == null) {
                throw new IOException(ZIP + " is empty");
            }
            return read(new BufferedReader(new InputStreamReader(zip, StandardCharsets.US_ASCII)), names());
        }
    }

    /**
     * Reads the CSV.
     *
     * @param names the English name of each currency
     */
    static ReferenceRates read(BufferedReader csv, Properties names) throws IOException {
        String[] heading = cells(Objects.requireNonNullElse(csv.readLine(), ""));
        List<String[]> lines = new ArrayList<>();
        for (String line = csv.readLine(); line != null; line = csv.readLine()) {
            lines.add(cells(line));
        }
        int[] days = lines.stream()
                .mapToInt(line -> Math.toIntExact(LocalDate.parse(line[0]).toEpochDay()))
                .toArray();
        List<Series> series = new ArrayList<>();
        for (int column = 1; column < heading.length; column++) {
            String code = heading[column];
            series.add(series(code, names.getProperty(code, code), column, lines, days));
        }
        return new ReferenceRates(series);
    }

    private static Series series(String code, String name, int column, List<String[]> lines, int[] days) {
        int[] quoted = new int[days.length];
        double[] rates = new double[days.length];
        int count = 0;
        for (int line = days.length - 1; line >= 0; line--) {
            String figure = lines.get(line)[column];
            if (!figure.equals(NONE)) {
                quoted[count] = days[line];
                rates[count] = Double.parseDouble(figure);
                count++;
            }
        }
        return new Series(code, name, Arrays.copyOf(quoted, count), Arrays.copyOf(rates, count));
    }

    private static String[] cells(String line) {
        return line.split(",");
    }

    private static Properties names() throws IOException {
        Properties names = new Properties();
        try (InputStreamReader reader = new InputStreamReader(resource(NAMES), StandardCharsets.UTF_8)) {
            names.load(reader);
        }
        return names;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream = EcbFile.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException(name + " is not in the application");
        }
        return stream;
    }
}
