package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.PubSubClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AtTheServiceTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void saysHowManyConnectionsAnOperationReached() {
    service.connect(asUser("alice").groups("storm-alerts"));

    service.sendToGroup("strom-alerts", "gusts");
    service.sendToUser("alice", "hi");
    service.removeUserFromGroup("bob", "storm-alerts");

    assertThat(lines())
        .contains(
            "sendToGroup(\"strom-alerts\")  from the test  hub \"hub\"  => ok, to nobody  text \"gusts\"",
            "sendToUser(\"alice\")  from the test  hub \"hub\"  => ok, to 1 connection  text \"hi\"",
            "removeUserFromGroup(\"bob\", \"storm-alerts\")  from the test  hub \"hub\"  => ok, no"
                + " connection");
  }

  @Test
  void saysWhyAClientsRequestWasRefused() {
    PubSubClient alice = service.connect(asUser("alice").withoutRoles());

    assertThatThrownBy(() -> alice.sendToGroup("team-b", "hi"))
        .isInstanceOf(AckFailedException.class);

    assertThat(lines())
        .contains(
            "sendToGroup(\"team-b\")  from alice#1  hub \"hub\"  => Forbidden: The client does not"
                + " have permission to send to group 'team-b'.  text \"hi\"");
  }

  @Test
  void saysWhyAHandshakeWasRefused() {
    assertThatThrownBy(
            () -> service.connect(asUser("alice").hub("chat").expiresIn(Duration.ofMinutes(-10))))
        .isInstanceOf(HandshakeRejectedException.class);

    assertThat(lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("handshake GET /client/hubs/chat?access_token=***")
                    .contains("  hub \"chat\"  => 401 The token expired at "));
  }

  @Test
  void keepsWhatTheTestDoesOutOfTheRequestsOfOthers() {
    service.sendToAll("hi");

    assertThat(service.requests()).isEmpty();
    assertThat(service.timeline())
        .containsPattern("test +-> +sendToAll\\(\\) +text +hi +=> ok, to nobody");
  }

  private List<String> lines() {
    return service.atTheService(Duration.ZERO).stream().map(each -> each.text()).toList();
  }
}
