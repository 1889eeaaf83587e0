package com.example.auction;

import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.github.webpubsubtestkit.WebPubSubExtension;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.EventHandler;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What the tests of the application have in common: one fake service and one running application
 * for all of them.
 *
 * <p>Spring keeps the application running from class to class, so the service that it is configured
 * with has to live as long: it is suite-scoped.
 */
// tag::spring[]
@SpringBootTest(webEnvironment = RANDOM_PORT)
abstract class AuctionTest {

  @RegisterExtension
  static final WebPubSubExtension webPubSub =
      WebPubSubExtension.builder().fake(fake -> fake.defaultHub("auction")).suiteScoped().build();

  @LocalServerPort int port;

  /** Tells the application where the service is ... */
  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("webpubsub.connection-string", webPubSub::connectionString);
  }

  /** ... and the service where the application is, once its port is known. */
  @BeforeEach
  void registerEventHandler() {
    webPubSub
        .service()
        .eventHandlers("auction", EventHandler.url("http://127.0.0.1:" + port + "/eventhandler"));
  }

  // end::spring[]

  @Autowired TestRestTemplate application;

  private final List<PubSubClient> followers = new ArrayList<>();

  /** Somebody follows a lot as a browser does it, with the URL that the application gives. */
  PubSubClient follow(String lot, String user) {
    Map<?, ?> answer =
        application.getForObject("/negotiate?user={user}&lot={lot}", Map.class, user, lot);
    PubSubClient client = webPubSub.service().connect(URI.create((String) answer.get("url")));
    followers.add(client);
    return client;
  }

  /** The service outlives the test; the clients shall not. */
  @AfterEach
  void leave() {
    followers.forEach(PubSubClient::close);
  }
}
