package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A fake's clients")
class OpenClientsTest {

  private final ScriptedService service = new ScriptedService();
  private final OpenClients connector = service.connector();

  @AfterEach
  void stop() {
    service.close();
  }

  private PubSubClient connect(String user) {
    return connector.pubSub(service.address(), asUser(user));
  }

  @Test
  @DisplayName("are known while they are open, in the order of opening")
  void openClients() {
    PubSubClient a = connect("a");
    PubSubClient b = connect("b");
    PubSubClient c = connect("c");
    assertThat(connector.openClients()).containsExactly(a, b, c);

    b.close();
    service.newest().abort();
    assertThat(c).isClosed();

    assertThat(connector.openClients()).containsExactly(a);
  }

  @Test
  @DisplayName("settle once the service has read what they sent")
  void settle() throws Exception {
    PubSubClient a = connect("a");
    for (int i = 0; i < 100; i++) {
      a.sendRaw("frame " + i);
    }
    assertThat(a.connection.socket().hasUnconfirmed()).isTrue();

    connector.settle(Waiting.deadlineAfter(ofSeconds(5)));

    assertThat(service.received(0)).hasSize(100);
    assertThat(a.connection.socket().hasUnconfirmed()).isFalse();
  }

  @Test
  @DisplayName("are not asked again if they have sent nothing since")
  void settleAgain() throws Exception {
    connect("a").sendRaw("x");
    connector.settle(Waiting.deadlineAfter(ofSeconds(5)));
    service.newest().pauseReading(); // a ping would not be answered

    connector.settle(Waiting.deadlineAfter(ofMillis(1)));
  }

  @Test
  @DisplayName("that do not settle are named")
  void notSettled() {
    PubSubClient a = connect("a");
    service.newest().pauseReading();
    a.sendRaw("x");

    assertThatExceptionOfType(NotIdleException.class)
        .isThrownBy(() -> connector.settle(Waiting.deadlineAfter(ofMillis(20))))
        .withMessage("client a, whose frames the service has not read yet");
  }

  @Test
  @DisplayName("that end meanwhile do not hold up the others")
  void endMeanwhile() throws Exception {
    PubSubClient a = connect("a");
    service.newest().pauseReading();
    a.sendRaw("x");
    service.newest().abort();

    connector.settle(Waiting.deadlineAfter(ofSeconds(5)));
  }

  @Test
  @DisplayName("are closed together")
  void closeAll() {
    List<PubSubClient> clients = List.of(connect("a"), connect("b"), connect("c"));

    connector.closeAll();
    connector.closeAll();

    assertThat(connector.openClients()).isEmpty();
    assertThat(clients)
        .allSatisfy(
            client -> assertThat(client).within(java.time.Duration.ZERO).isClosed().hasCode(1000));
  }

  @Test
  @DisplayName("cannot be waited for on the loop")
  void onTheLoop() {
    connect("a").sendRaw("x");

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                service.onLoop(
                    () -> {
                      try {
                        connector.settle(Waiting.deadlineAfter(ofSeconds(5)));
                      } catch (NotIdleException e) {
                        throw new AssertionError(e);
                      }
                    }));
    assertThatIllegalStateException().isThrownBy(() -> service.onLoop(connector::closeAll));
  }
}
