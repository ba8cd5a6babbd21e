/** Tests of the values of jobs: what they refuse, what they add up to, and which steps a job may take. */
@NullMarked
package io.fleetsdk.job;

import org.jspecify.annotations.NullMarked;
