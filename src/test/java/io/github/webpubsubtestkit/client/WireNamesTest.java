package io.github.webpubsubtestkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.wire.PayloadType;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the public enums say of the wire is what the wire says. */
class WireNamesTest {

  @Test
  void aClientSpeaksEachPredefinedSubprotocol() {
    assertThat(Protocol.values())
        .extracting(Enum::name)
        .containsExactlyElementsOf(
            Arrays.stream(Subprotocol.values())
                .filter(each -> each != Subprotocol.RAW)
                .map(Enum::name)
                .toList());
    assertThat(Protocol.values())
        .allSatisfy(
            each ->
                assertThat(each.subprotocol())
                    .isEqualTo(Subprotocol.valueOf(each.name()).wireName()));
  }

  @Test
  void dataIsOfTheTypesOfTheWire() {
    for (PayloadType each : PayloadType.values()) {
      assertThat(DataType.of(each).name()).isEqualTo(each.name());
      assertThat(DataType.of(each).wireName()).isEqualTo(each.wireName());
    }
  }
}
