package io.github.webpubsubtestkit.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.token.WebhookSignatures.Signature;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The signature of a webhook request (event-handlers 4.3)")
class WebhookSignaturesTest {

  private static final String ONE = "0123456789abcdef0123456789abcdef";
  private static final String TWO = "fedcba9876543210fedcba9876543210";
  private static final String BY_ONE =
      "sha256=22443a4a780ed8da0454b679b1c769d9ac8cd4a2d4c897ed8b1affdc71137381";
  private static final String BY_TWO =
      "sha256=57a5f5fde0d1acdee1b3cbad99e74ed6dd3b58319795e70142ca254019ab38b2";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        ONE + "~~conn-1~" + BY_ONE,
        TWO + "~~conn-1~" + BY_TWO,
        ONE + "~" + TWO + "~conn-1~" + BY_ONE + "," + BY_TWO,
        ONE
            + "~~0f58bb56-58b2-4f0d-a9a6-3a6b6d5d9c11~"
            + "sha256=038cb8c1d6b86506aba784727323d8323f9b65fbab3f1656e7cee906565f85b4"
      })
  void isThatOfTheVectors(String primary, String secondary, String connection, String signature) {
    assertThat(signed(AccessKeys.of(primary, secondary), connection).value()).isEqualTo(signature);
  }

  @Test
  void isThatOfTheKeysAsTheyAre() {
    AccessKeys keys = AccessKeys.of(ONE, null);
    WebhookSignatures signatures = new WebhookSignatures(keys);
    Signature first = signatures.of("conn-1", null);
    assertThat(first.value()).isEqualTo(BY_ONE);
    assertThat(signatures.of("conn-1", first)).isSameAs(first);

    String secondary = keys.regenerateSecondary();
    Signature second = signatures.of("conn-1", first);
    assertThat(second.value())
        .isEqualTo(BY_ONE + "," + signed(AccessKeys.of(secondary, null), "conn-1").value());
    keys.regeneratePrimary();
    assertThat(signatures.of("conn-1", second).value()).doesNotContain(BY_ONE);
  }

  private static Signature signed(AccessKeys keys, String connection) {
    return new WebhookSignatures(keys).of(connection, null);
  }
}
