package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.client.ConnectOptions.anonymous;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.client.HandshakeRejectedException;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rest-api 1: both keys are good, and each can be regenerated while the service runs. */
class KeyRotationTest {

  private final FakeWebPubSub service = FakeWebPubSub.start();

  @AfterEach
  void stop() {
    service.close();
  }

  private static void send(String connectionString, String text) {
    WebPubSubServiceClient sdk =
        new WebPubSubServiceClientBuilder()
            .connectionString(connectionString)
            .hub("hub")
            .buildClient();
    sdk.sendToAll(text, WebPubSubContentType.TEXT_PLAIN);
  }

  @Test
  @DisplayName("the old primary key is refused, the new one is in the connection string")
  void primary() {
    PubSubClient client = service.connect(anonymous());
    String before = service.connectionString();
    send(before, "old");

    String key = service.regeneratePrimaryKey();

    assertThatExceptionOfType(ClientAuthenticationException.class)
        .isThrownBy(() -> send(before, "refused"));
    assertThat(service.accessKey()).isEqualTo(key);
    assertThat(service.connectionString()).contains(key).isNotEqualTo(before);
    send(service.connectionString(), "new");
    assertThat(client).receivesText("old");
    assertThat(client).receivesText("new");
    assertThat(service).receivesRequest(sendToAll().withOutcome("401"));
  }

  @Test
  @DisplayName("the timeline says of a refused token that its key was regenerated, and shows none")
  void timeline() {
    String key = service.accessKey();
    URI url = service.clientUrl(asUser("alice"));

    String fresh = service.regeneratePrimaryKey();

    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(url));
    assertThat(service.timeline())
        .contains("the primary access key was regenerated")
        .contains("signed with the old primary access key, which was regenerated since")
        .doesNotContain(key)
        .doesNotContain(fresh);
  }

  @Test
  @DisplayName("a token that was accepted before is refused afterwards")
  void tokenUsedBefore() {
    URI url = service.clientUrl(asUser("alice"));
    service.connect(url);

    service.regeneratePrimaryKey();

    assertThatExceptionOfType(HandshakeRejectedException.class)
        .isThrownBy(() -> service.connect(url))
        .satisfies(rejected -> assertThat(rejected.statusCode()).isEqualTo(401));
    assertThat(service.connect(asUser("bob"))).isConnected();
  }

  @Test
  @DisplayName("open connections stay, and a reliable one can be recovered")
  void openConnections() {
    PubSubClient client = service.connect(anonymous().protocol(Protocol.JSON_RELIABLE));

    service.regeneratePrimaryKey();
    service.regenerateSecondaryKey();
    service.regeneratePrimaryKey();

    service.sendToAll("one");
    assertThat(client).receivesText("one");
    client.dropConnection();
    service.sendToAll("two");
    client.recover();
    assertThat(client).receivesText("two");
  }

  @Test
  @DisplayName("a secondary key is made where there was none, and outlives the primary one")
  void secondary() {
    assertThat(service.secondaryConnectionString()).isEmpty();
    PubSubClient client = service.connect(anonymous());

    String key = service.regenerateSecondaryKey();
    String secondary = service.secondaryConnectionString().orElseThrow();
    service.regeneratePrimaryKey();
    send(secondary, "hi");
    service.regenerateSecondaryKey();

    assertThat(secondary)
        .isEqualTo("Endpoint=" + service.endpoint() + ";AccessKey=" + key + ";Version=1.0;");
    assertThat(client).receivesText("hi");
    assertThatExceptionOfType(ClientAuthenticationException.class)
        .isThrownBy(() -> send(secondary, "refused"));
    assertThat(service.timeline())
        .contains("signed with the old secondary access key, which was regenerated since");
  }
}
