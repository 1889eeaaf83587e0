package io.github.webpubsubtestkit.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What fails inside a fake is a failure that its own parts do not expect, such as no memory. */
@DisplayName("The outcome of an event that fails inside the fake")
class FailingOutcomeTest {

  private FakeWebPubSub fake;
  private volatile String failsFor = "event";

  @BeforeEach
  void start() throws Exception {
    EngineConfig config = EngineConfig.builder().build();
    Engine engine = Engine.start(config);
    fake =
        new FakeWebPubSub(
            engine, "hub", ObjectMapping.ofClassPath(), WaitTimes.ofSystem(null), Map.of(), false);
    engine.observe(this::fail);
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  private void fail(RecordedOperation operation) {
    if (operation.operation().sdkName().equals(failsFor)) {
      throw new OutOfMemoryError("on purpose");
    }
  }

  @Test
  @DisplayName("closes its connection with 1011, tells the application, and harms no other one")
  void closes() {
    EventHandlerStub stub =
        fake.eventHandler("hub")
            .onUserEvent(e -> EventAnswer.acknowledge())
            .onDisconnected(e -> {});
    PubSubClient alice = fake.connect(ConnectOptions.asUser("alice"));
    PubSubClient bob = fake.connect(ConnectOptions.asUser("bob").groups("room"));

    alice.sendRaw(
        "{\"type\":\"event\",\"event\":\"a\",\"ackId\":1,\"dataType\":\"text\",\"data\":\"x\"}");
    assertThat(alice).isClosed().hasCode(1011);
    assertThat(stub).receivesEvent("disconnected");

    failsFor = "nothing";
    bob.sendEvent("a", "x");
    bob.sendToGroup("room", "still here");
    assertThat(bob).receivesText("still here");
    assertThat(fake.users()).containsExactly("bob");
    assertThat(fake.timeline()).contains("java.lang.OutOfMemoryError: on purpose");
  }

  @Test
  @DisplayName("closes it, too, if it is that of a request which has waited for an event")
  void closesForWhatWaited() {
    failsFor = "joinGroup";
    EventHandlerStub stub =
        fake.eventHandler("hub")
            .onUserEvent(e -> EventAnswer.acknowledge())
            .onDisconnected(e -> {});
    PubSubClient alice = fake.connect(ConnectOptions.asUser("alice"));

    alice.sendRaw("{\"type\":\"event\",\"event\":\"a\",\"dataType\":\"text\",\"data\":\"x\"}");
    alice.sendRaw("{\"type\":\"joinGroup\",\"group\":\"g\",\"ackId\":2}");

    assertThat(alice).isClosed().hasCode(1011);
    assertThat(stub).receivesEvent("disconnected");
    assertThat(fake.users()).isEmpty();
  }
}
