package org.lsat.example;

import java.time.LocalDate;

/** What one euro was worth on a day, in units of another currency. */
record Quote(LocalDate date, double rate) {}
