package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.serverBinary;
import static io.github.webpubsubtestkit.client.Frames.serverJson;
import static io.github.webpubsubtestkit.client.Frames.serverText;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayName(
    "A wait in vain has expected and actual as values, for the tools that show a difference")
class ComparedValuesTest {

  private final ScriptedService service = new ScriptedService();
  private final PubSubClient alice = service.pubSub(asUser("alice"));

  @AfterEach
  void stop() {
    service.close();
  }

  private void has(Consumer<ClientAssert> assertion, String expected, String actual) {
    assertThat(catchThrowable(() -> assertion.accept(assertThat(alice).within(ZERO))))
        .isInstanceOfSatisfying(
            AssertionFailedError.class,
            failure -> {
              assertThat(failure.getExpected().getStringRepresentation()).isEqualTo(expected);
              assertThat(failure.getActual().getStringRepresentation()).isEqualTo(actual);
            });
  }

  @Test
  void ofTexts() {
    service.deliver(alice, serverText("order 41 packed"), serverText("order 42 packed"));

    has(it -> it.receivesText("order 42 shipped"), "order 42 shipped", "order 42 packed");
    has(it -> it.hasReceivedText("order 42 shipped"), "order 42 shipped", "order 42 packed");
    has(it -> it.receivesMessage().hasText("order"), "order", "order 41 packed");
  }

  @Test
  void ofJson() {
    service.deliver(alice, serverJson("{\"id\":42}"));

    has(it -> it.receivesJson("{\"id\":43}"), "{\"id\":43}", "{\"id\":42}");
    has(it -> it.receivesJson(Map.of("id", 43)), "{\"id\":43}", "{\"id\":42}");
  }

  @Test
  void ofBytesAndOtherTypes() {
    service.deliver(alice, serverBinary("AQI="));

    has(it -> it.receivesBinary(new byte[] {1, 3}), "2 bytes 01 03", "2 bytes 01 02");
    has(it -> it.receivesText("AQI="), "AQI=", "2 bytes 01 02");
  }

  @Test
  void ofALongTextAsAWhole() {
    String same = "x".repeat(5_000);
    service.deliver(alice, serverText(same + "1"));

    has(it -> it.receivesText(same + "2"), same + "2", same + "1");
  }

  @Test
  void whereNothingCameThereIsNothingToCompare() {
    assertThat(catchThrowable(() -> assertThat(alice).within(ZERO).receivesText("hi")))
        .isExactlyInstanceOf(AssertionError.class);
    service.deliver(alice, serverText("a"));
    assertThat(
            catchThrowable(
                () -> assertThat(alice).within(ZERO).receivesMessageMatching(message -> false)))
        .isExactlyInstanceOf(AssertionError.class);
  }
}
