package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.transport.FailedLoop;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A fake whose thread has ended by a failure")
@Timeout(60)
class FailedFakeTest {

  private FakeWebPubSub fake;
  private PubSubClient client;
  private String failure;

  @BeforeEach
  void fail() throws Exception {
    EngineConfig config = EngineConfig.builder().build();
    Engine engine = Engine.start(config);
    fake =
        new FakeWebPubSub(
            engine, "hub", ObjectMapping.ofClassPath(), WaitTimes.ofSystem(null), Map.of(), false);
    client = fake.connect(ConnectOptions.asUser("alice"));
    FailedLoop.closeSelector(engine.loop());
    eventually() // the failure is uncaught on purpose
        .until(() -> engine.failure().isPresent());
    failure = engine.failure().orElseThrow();
  }

  /** Otherwise the next fake would tell of a service that was never closed. */
  @AfterEach
  void close() {
    var unused = catchThrowable(fake::close); // the first time it names the failure
  }

  @Test
  void namesItWhenItIsClosed() {
    assertThat(failure)
        .matches("the thread webpubsub-fake-\\d+ has ended, and with it the fake: .*");
    assertThatIllegalStateException()
        .isThrownBy(fake::close)
        .withMessage(failure)
        .withCauseInstanceOf(ClosedSelectorException.class);
    fake.close();
  }

  @Test
  void namesItToWhoeverWantsSomethingOfIt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> fake.connect(ConnectOptions.asUser("bob")))
        .withMessage(failure);
    assertThatIllegalStateException().isThrownBy(fake::awaitIdle).withMessage(failure);
    assertThatIllegalStateException().isThrownBy(() -> fake.sendToAll("hi")).withMessage(failure);
    assertThatIllegalStateException()
        .isThrownBy(() -> fake.clock().advanceBy(Duration.ofSeconds(1)))
        .withMessage(failure);
  }

  @Test
  void namesItInTheFailuresOfAssertions() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(client).receivesText("hi"))
        .withMessageContaining("\n  " + failure + "\n");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(client).isConnected())
        .withMessageContaining("\n  " + failure + "\n");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                assertThat(fake)
                    .within(Duration.ofMillis(1))
                    .receivesRequest(RequestPattern.sendToAll()))
        .withMessageContaining("\n  " + failure);
  }

  @Test
  void listensNoMore() {
    int port = fake.endpoint().getPort();
    eventually()
        .untilAsserted(
            () ->
                assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close()));
  }
}
