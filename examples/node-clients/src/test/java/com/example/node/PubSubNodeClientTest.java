package com.example.node;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("pubsub-client.js")
@WebPubSubTest
@Timeout(60)
class PubSubNodeClientTest {

  private static Path folder;

  @BeforeAll
  @Timeout(360)
  static void install() throws Exception {
    folder = NodeProject.install();
  }

  @Test
  @DisplayName("joins its group and hears what others say there")
  void hearsOthers(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob)
      throws Exception {
    try (NodeProcess node = pubSubClient(url(service), "room")) {
      node.prints("connected as nora");
      node.prints("joined room");
      assertThat(service).receivesConnectionFrom("nora");
      assertThat(service).receivesRequest(joinGroup("room").fromUser("nora"));
      assertThat(service).hasGroupMember("room", "nora");

      bob.sendToGroup("room", "hi, \"nora\"");
      bob.sendJsonToGroup("room", "{\"price\":12.50,\"big\":9007199254740991}");
      bob.sendToGroup("room", Content.binary(new byte[] {1, 2, 3}));
      service.sendToUser("nora", "from the application");

      node.prints("room bob text: hi, \"nora\"");
      node.prints("room bob json: {\"price\":12.5,\"big\":9007199254740991}");
      node.prints("room bob binary: AQID");
      node.prints("server - text: from the application");
    }
  }

  @Test
  @DisplayName("is heard by others in its group, and does not hear itself")
  void speaksToOthers(
      FakeWebPubSub service, @Connected(userId = "bob", groups = "room") PubSubClient bob)
      throws Exception {
    try (NodeProcess node = pubSubClient(url(service), "room")) {
      node.prints("joined room");

      node.type("hello from Node");

      assertThat(bob)
          .receivesMessage()
          .isFromGroup("room")
          .isFromUser("nora")
          .hasText("hello from Node");
      assertThat(service)
          .receivesRequest(sendToGroup("room").withText("hello from Node").fromUser("nora"));
      bob.sendToGroup("room", "heard");
      node.prints("room bob text: heard");
      assertThat(node.printed()).noneMatch(line -> line.contains("hello from Node"));
    }
  }

  @Test
  @DisplayName("connects with the token in the Authorization header")
  void tokenInHeader(FakeWebPubSub service) throws Exception {
    try (NodeProcess node = pubSubClient(url(service), "room", "--header")) {
      node.prints("connected as nora");
      node.prints("joined room");
      assertThat(service).hasGroupMember("room", "nora");
    }
  }

  @Test
  @DisplayName("is told when it may not join")
  void mayNotJoin(FakeWebPubSub service) throws Exception {
    String url = service.clientUrl(asUser("nora").withoutRoles()).toString();
    try (NodeProcess node = pubSubClient(url, "room")) {
      node.prints("request 1 failed: Forbidden");
    }
  }

  @Test
  @DisplayName("two of them talk to each other")
  void twoTalk(FakeWebPubSub service) throws Exception {
    String otherUrl = service.clientUrl(asUser("otto")).toString();
    try (NodeProcess nora = pubSubClient(url(service), "room");
        NodeProcess otto = pubSubClient(otherUrl, "room")) {
      nora.prints("joined room");
      otto.prints("joined room");

      nora.type("hi otto");
      otto.prints("room nora text: hi otto");
      otto.type("hi nora");
      nora.prints("room otto text: hi nora");
    }
  }

  private static String url(FakeWebPubSub service) {
    return service.clientUrl(asUser("nora")).toString();
  }

  private static NodeProcess pubSubClient(String... arguments) throws IOException {
    return NodeProcess.start(folder, "pubsub-client.js", arguments);
  }
}
