package org.lsat;

/** {@code 2026-11-25T18:36:34Z} from unix seconds; {@code Instant.toString} costs ten times the garbage, on every answer. */
final class Rfc3339 {

    private static final int DAY = 86_400;

    private Rfc3339() {}

    /** Years 0 to 9999. */
    static String format(long epochSecond) {
        long days = Math.floorDiv(epochSecond, DAY);
        int second = Math.floorMod(epochSecond, DAY);
        // Days to a civil date after Hinnant: eras of 400 years that begin in March.
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        char[] text = "0000-00-00T00:00:00Z".toCharArray();
        digits(text, 4, year);
        digits(text, 7, month);
        digits(text, 10, day);
        digits(text, 13, second / 3_600);
        digits(text, 16, second / 60 % 60);
        digits(text, 19, second % 60);
        return new String(text);
    }

    private static void digits(char[] text, int end, int number) {
        for (int at = end - 1, rest = number; rest > 0 && at >= 0; rest /= 10) {
            text[at--] = (char) ('0' + rest % 10);
        }
    }
}
