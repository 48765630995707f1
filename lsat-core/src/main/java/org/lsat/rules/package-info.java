/** What costs what: request targets, path patterns, rules, prices and plans, and the table that finds a request's rule. */
@NullMarked
package org.lsat.rules;

import org.jspecify.annotations.NullMarked;
