/** What is tested of the one JAR as a file, and as what it does where the modules of which it is made are not. */
@NullMarked
package org.lsat.all;

import org.jspecify.annotations.NullMarked;
