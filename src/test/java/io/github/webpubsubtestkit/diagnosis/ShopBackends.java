package io.github.webpubsubtestkit.diagnosis;

import static com.azure.messaging.webpubsub.models.WebPubSubContentType.TEXT_PLAIN;
import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.diagnosis.Seeded.SOON;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToUser;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.HandlerEvent;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A shop that buffers, tries again, and remembers what it should ask for again. */
@SuppressWarnings("NullAway.Init") // set before each test
@WebPubSubTest
class ShopBackends {

  private BufferingShop buffering;
  private AsynchronousShop asynchronous;

  @BeforeEach
  void open(FakeWebPubSub service) {
    buffering = new BufferingShop(ServerSdk.client(service.connectionString()));
    asynchronous = new AsynchronousShop(ServerSdk.client(service.connectionString()));
  }

  @AfterEach
  void close() {
    buffering.close();
    asynchronous.close();
  }

  @Seeded("flushed-at-close")
  void theCustomerHearsOfTheOrder(@Connected(userId = "alice") PubSubClient alice) {
    buffering.publish("order 42 accepted");

    assertThat(alice).within(SOON).receivesText("order 42 accepted");
  }

  /** Sends ten messages at a time. */
  static final class BufferingShop implements AutoCloseable {
    private final WebPubSubServiceClient azure;
    private final List<String> buffer = new ArrayList<>();

    BufferingShop(WebPubSubServiceClient azure) {
      this.azure = azure;
    }

    void publish(String text) {
      buffer.add(text);
      if (buffer.size() == 10) {
        flush();
      }
    }

    private void flush() {
      buffer.forEach(text -> azure.sendToAll(text, TEXT_PLAIN));
      buffer.clear();
    }

    @Override
    public void close() {
      flush();
    }
  }

  @Seeded("retried-too-late")
  void theCustomerHearsEvenIfTheServiceIsBusy(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    asynchronous.publish("alice", "order 42 accepted");
    assertThat(alice).receivesText("order 42 accepted");
    service.faults().request(sendToUser("alice")).answer(503).retryAfter(Duration.ofSeconds(20));

    asynchronous.publish("alice", "order 42 packed");

    assertThat(alice).within(SOON.multipliedBy(3)).receivesText("order 42 packed");
  }

  /** Lets nobody wait for the service. */
  static final class AsynchronousShop implements AutoCloseable {
    private final WebPubSubServiceClient azure;
    private final ExecutorService sender = Executors.newSingleThreadExecutor();

    AsynchronousShop(WebPubSubServiceClient azure) {
      this.azure = azure;
    }

    void publish(String customer, String text) {
      sender.execute(
          () -> {
            try {
              azure.sendToUser(customer, text, TEXT_PLAIN);
            } catch (RuntimeException closed) {
              // nobody is interested any more
            }
          });
    }

    @Override
    public void close() {
      sender.shutdownNow();
    }
  }

  @Seeded("key-regenerated")
  void theShopGoesOnWhenTheKeyIsReplaced(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    RememberingShop shop = new RememberingShop(service::connectionString);
    shop.publish("order 42 accepted");

    service.regeneratePrimaryKey();
    shop.publish("order 42 packed");

    assertThat(alice).within(SOON).receivesText("order 42 packed");
  }

  /** Reads the connection string from the settings, and should do so again after each refusal. */
  static final class RememberingShop {
    private final WebPubSubServiceClient azure;

    RememberingShop(Supplier<String> settings) {
      this.azure = ServerSdk.client(settings.get());
    }

    void publish(String text) {
      azure.sendToAll(text, TEXT_PLAIN);
    }
  }

  @Seeded("api-version-unknown")
  void theShopWorksWithoutTheSdk(
      FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) throws Exception {
    String token = ServerTokens.of(service.accessKey(), service.endpoint() + "/api/hubs/hub/:send");

    new PlainShop(service.endpoint(), token).publish("order 42 accepted");

    assertThat(alice).within(SOON).receivesText("order 42 accepted");
  }

  /** Calls the service by HTTP. */
  record PlainShop(URI endpoint, String token) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    void publish(String text) throws IOException, InterruptedException {
      URI url = endpoint.resolve("/api/hubs/hub/:send?api-version=2031-01-01");
      HTTP.send(
          HttpRequest.newBuilder(url)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "text/plain")
              .POST(HttpRequest.BodyPublishers.ofString(text))
              .build(),
          BodyHandlers.discarding());
    }
  }

  @Seeded("stale-connection-id")
  void theCustomerIsFoundAfterComingBack(FakeWebPubSub service) {
    Directory directory = new Directory(ServerSdk.client(service.connectionString()));
    service.eventHandler("hub").onConnected(directory::connected);
    service.connect(asUser("alice")).close();
    service.awaitIdle();

    PubSubClient alice = service.connect(asUser("alice"));
    service.awaitIdle();
    directory.tell("alice", "welcome back");

    assertThat(alice).within(SOON).receivesText("welcome back");
  }

  /** Knows which connection belongs to a user. */
  static final class Directory {
    private final WebPubSubServiceClient azure;
    private final Map<String, String> connections = new ConcurrentHashMap<>();

    Directory(WebPubSubServiceClient azure) {
      this.azure = azure;
    }

    void connected(HandlerEvent event) {
      connections.putIfAbsent(event.userId().orElseThrow(), event.connectionId());
    }

    void tell(String user, String text) {
      azure.sendToConnection(connections.getOrDefault(user, "nobody"), text, TEXT_PLAIN);
    }
  }
}
