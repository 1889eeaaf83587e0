package io.github.webpubsubtestkit.internal.timeline;

import static io.github.webpubsubtestkit.internal.timeline.Digest.Rank.CARRIED_OUT;
import static io.github.webpubsubtestkit.internal.timeline.Digest.Rank.DETAIL;
import static io.github.webpubsubtestkit.internal.timeline.Digest.Rank.IN_VAIN;
import static io.github.webpubsubtestkit.internal.timeline.Digest.Rank.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.timeline.Digest.Line;
import io.github.webpubsubtestkit.internal.timeline.Digest.Rank;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {

  private final List<Line> lines = new ArrayList<>();

  @Test
  void keepsAnOldRefusalAndTheNewestOperationsInOrderOfTime() {
    add(REFUSED, "refused");
    for (int i = 0; i < 20; i++) {
      add(CARRIED_OUT, "operation " + i);
    }

    assertThat(Digest.of(lines, 4))
        .extracting(Line::text)
        .containsExactly("refused", "operation 17", "operation 18", "operation 19");
  }

  @Test
  void keepsTheNewestOperationsAmongManyRefusals() {
    for (int i = 0; i < 20; i++) {
      add(REFUSED, "refused " + i);
    }
    add(CARRIED_OUT, "operation");

    assertThat(Digest.of(lines))
        .hasSize(Digest.MAX_LINES)
        .last()
        .extracting(Line::text)
        .isEqualTo("operation");
  }

  @Test
  void prefersWhatReachedNobodyToWhatReachedSomebodyAndDetailsToNothing() {
    add(IN_VAIN, "to nobody");
    add(DETAIL, "handshake");
    for (int i = 0; i < 5; i++) {
      add(CARRIED_OUT, "operation " + i);
    }

    assertThat(Digest.of(lines, 5))
        .extracting(Line::text)
        .containsExactly("to nobody", "operation 1", "operation 2", "operation 3", "operation 4");
    assertThat(Digest.of(lines)).extracting(Line::text).contains("handshake");
  }

  @Test
  void showsEqualLinesOnceWithTheirNumberAndTheTimeOfTheLast() {
    add(REFUSED, "401");
    add(REFUSED, "401");
    add(CARRIED_OUT, "operation");
    add(REFUSED, "401");

    assertThat(Digest.of(lines).stream().map(Line::toString))
        .containsExactly("+0.003 s  operation", "+0.004 s  401  (3 times)");
  }

  private void add(Rank rank, String text) {
    lines.add(new Line(Duration.ofMillis(lines.size() + 1), rank, text));
  }
}
