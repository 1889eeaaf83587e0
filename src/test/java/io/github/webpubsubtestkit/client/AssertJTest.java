package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.client.Frames.serverText;
import static java.time.Duration.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.BDDAssertions.then;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@DisplayName("At home in AssertJ")
class AssertJTest {

  private final ScriptedService service = new ScriptedService();
  private final PubSubClient alice = service.pubSub(asUser("alice"));

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  @DisplayName("assertThat and then find the assertions, also for the common type")
  void entryPoints() {
    Client common = alice;

    assertThat(alice).isExactlyInstanceOf(PubSubClient.class).isConnected();
    assertThat(common).isConnected();
    then(alice).isConnected();
    then(new CloseStatus(1000, "")).hasCode(1000);
  }

  @Test
  @DisplayName("a description stands in front, also of what follows; percent signs do no harm")
  void description() {
    service.deliver(alice, serverText("x"));

    assertThat(
            catchThrowable(
                () -> assertThat(alice).as("the %s", "100%s").within(ZERO).receivesText("100%d")))
        .hasMessageStartingWith(
            "[the 100%s] [alice] expected text \"100%d\" to be there already but received \"x\"\n");
    assertThat(catchThrowable(() -> assertThat(alice).as("first").receivesText("x").hasText("y")))
        .hasMessageStartingWith(
            "[first] [alice] expected a message with text \"y\" but was text \"x\"\n");
    alice.close();
    assertThat(catchThrowable(() -> assertThat(alice).as("end").isClosed().hasCode(1)))
        .hasMessageStartingWith(
            "[end] [alice] expected the connection to end with code 1 but was 1000");
  }

  @Test
  @DisplayName("another error message replaces the text")
  void otherMessage() {
    assertThat(
            catchThrowable(
                () ->
                    assertThat(alice)
                        .overridingErrorMessage("no %s", "greeting")
                        .within(ZERO)
                        .receivesText("x")))
        .isInstanceOf(AssertionError.class)
        .hasMessage("no greeting");
  }

  @Test
  @DisplayName("soft assertions collect what is not met")
  void soft() {
    service.deliver(alice, serverText("a"), serverText("b"));
    SoftAssertions softly = new SoftAssertions();

    softly.check(() -> assertThat(alice).within(ZERO).receivesText("x"));
    softly.check(() -> assertThat(alice).receivesText("a").isFromServer());
    softly.check(() -> assertThat(alice).receivesText("b").isFromGroup("g"));

    assertThat(softly.assertionErrorsCollected())
        .extracting(error -> String.valueOf(error.getMessage()).lines().findFirst().orElse(""))
        .containsExactly(
            "[alice] expected text \"x\" to be there already but the nearest of 2 messages is \"a\"",
            "[alice] expected a message from group \"g\" but was the server");
  }

  @Test
  @DisplayName("expected and actual are given to the IDE")
  void expectedAndActual() {
    service.deliver(alice, serverText("a"));

    assertThatExceptionOfType(AssertionFailedError.class)
        .isThrownBy(() -> assertThat(alice).receivesMessage().hasText("b"))
        .satisfies(
            e -> {
              assertThat(e.getExpected().getValue()).isEqualTo("b");
              assertThat(e.getActual().getValue()).isEqualTo("a");
            });
  }
}
