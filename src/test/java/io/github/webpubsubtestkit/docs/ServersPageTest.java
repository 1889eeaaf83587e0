package io.github.webpubsubtestkit.docs;

// tag::servers-imports[]
import static io.github.webpubsubtestkit.service.RequestPattern.addConnectionsToGroups;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.rest.RequestOptions;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.RecordedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

// end::servers-imports[]

@WebPubSubTest
class ServersPageTest {

  // tag::rest[]
  @Test
  void theServerSdkWorksUnchanged(
      FakeWebPubSub service, @Connected(userId = "alice") SimpleClient alice) {
    WebPubSubServiceClient azure =
        new WebPubSubServiceClientBuilder()
            .connectionString(service.connectionString())
            .hub("hub")
            .buildClient();

    azure.addUserToGroupWithResponse("vip", "alice", new RequestOptions());
    azure.sendToGroup("vip", "{\"order\": 42}", WebPubSubContentType.APPLICATION_JSON);

    assertThat(alice).receivesJson("{\"order\": 42}");
    assertThat(service).hasGroupMember("vip", "alice");
  }

  // end::rest[]

  // tag::injected-sdk[]
  @Test
  void theServerSendsToTwoHubs(
      WebPubSubServiceClient azure,
      @Connected(hub = "chat") WebPubSubServiceClient chat,
      @Connected(userId = "alice") SimpleClient alice,
      @Connected(userId = "bob", hub = "chat") SimpleClient bob) {
    azure.sendToAll("order shipped", WebPubSubContentType.TEXT_PLAIN);
    chat.sendToAll("anybody there?", WebPubSubContentType.TEXT_PLAIN);

    assertThat(alice).receivesExactly("order shipped");
    assertThat(bob).receivesExactly("anybody there?");
  }

  // end::injected-sdk[]

  // tag::shop[]
  record Shop(String connectionString) {
    void ship(String userId, int order) {
      webPubSub(connectionString)
          .sendToUser(userId, "order " + order + " shipped", WebPubSubContentType.TEXT_PLAIN);
    }
  }

  private static WebPubSubServiceClient webPubSub(String connectionString) {
    return new WebPubSubServiceClientBuilder()
        .connectionString(connectionString)
        .hub("hub")
        .buildClient();
  }

  // end::shop[]

  // tag::recorded-requests[]
  @Test
  void theServerNotifiesTheRightUser(FakeWebPubSub service) {
    new Shop(service.connectionString()).ship("alice", 42);

    assertThat(service)
        .receivesRequest(sendToUser("alice").withText("order 42 shipped"))
        .isFromServer();
    assertThat(service).hasReceivedNoRequest(sendToUser("bob"));
    assertThat(service.requests()).hasSize(1).allMatch(RecordedRequest::isSuccessful);
  }

  // end::recorded-requests[]

  // tag::request-patterns[]
  @Test
  void theServerAddsConnectionsByFilter(FakeWebPubSub service) {
    webPubSub(service.connectionString())
        .addConnectionsToGroups(List.of("news", "offers"), "startswith(userId, 'customer-')");

    assertThat(service)
        .receivesRequest(addConnectionsToGroups("offers", "news"))
        .hasFilter("startswith(userId, 'customer-')")
        .hasStatus(200);
    assertThat(service.requests().get(0).header("Content-Type")).hasValue("application/json");
  }

  // end::request-patterns[]

  // tag::keys[]
  @Test
  void theServerNeedsTheNewKey(FakeWebPubSub service) {
    Shop before = new Shop(service.connectionString());

    service.regeneratePrimaryKey();

    assertThatExceptionOfType(ClientAuthenticationException.class)
        .isThrownBy(() -> before.ship("alice", 42));
    new Shop(service.connectionString()).ship("alice", 42);
    assertThat(service).receivesRequest(sendToUser("alice").withText("order 42 shipped"));
  }

  // end::keys[]
}
