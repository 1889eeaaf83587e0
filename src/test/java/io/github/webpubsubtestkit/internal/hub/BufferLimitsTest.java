package io.github.webpubsubtestkit.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.options.Options;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What follows from the limits of unacknowledged messages. */
class BufferLimitsTest {

  private static final long MIB = 1 << 20;

  @Test
  @DisplayName("a burst may have ten times the messages and twice the bytes; all of it may wait")
  void bursts() {
    BufferLimits defaults = BufferLimits.of(Options.defaults());

    assertThat(defaults.maxBurst()).isEqualTo(10_000);
    assertThat(defaults.maxBurstBytes()).isEqualTo(32 * MIB);
    assertThat(defaults.maxWaitingFrames()).isEqualTo(10_000);
    assertThat(defaults.maxWaitingBytes()).isEqualTo(32 * MIB + 640_000);
  }

  @Test
  @DisplayName("the largest limits overflow nowhere")
  void largest() {
    BufferLimits largest = new BufferLimits(Integer.MAX_VALUE, Long.MAX_VALUE);

    assertThat(largest.maxBurst()).isGreaterThan(1_000_000_000);
    assertThat(largest.maxBurstBytes()).isGreaterThan(Long.MAX_VALUE / 4);
    assertThat(largest.maxWaitingFrames()).isGreaterThan(1_000_000_000);
    assertThat(largest.maxWaitingBytes()).isGreaterThan(Long.MAX_VALUE / 4);
  }
}
