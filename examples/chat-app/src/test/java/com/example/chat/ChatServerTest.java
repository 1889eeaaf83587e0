package com.example.chat;

import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The chat's server")
@WebPubSubTest(hub = ChatServer.HUB)
@Timeout(60)
class ChatServerTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private ChatServer server;

  @BeforeEach
  void startServer(FakeWebPubSub service) throws IOException {
    server = ChatServer.start(service.connectionString(), 0);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  @DisplayName("hands out a URL that connects as the user who asked, with the right to chat")
  void negotiatedUrlConnects(FakeWebPubSub service) throws Exception {
    URI url = negotiate("alice");

    PubSubClient alice = service.connect(url);
    alice.joinGroup("room");

    assertThat(alice).isConnected().hasUserId("alice");
    assertThat(service).receivesConnectionFrom("alice");
    assertThat(service).hasGroupMember("room", "alice");
  }

  @Test
  @DisplayName("does not hand out a URL to nobody")
  void negotiateNeedsUser(FakeWebPubSub service) throws Exception {
    HttpResponse<String> answer = get("/negotiate");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(service).hasNoConnections();
  }

  @Test
  @DisplayName("says a broadcast to everyone, whatever they speak")
  void broadcastReachesEveryone(
      FakeWebPubSub service,
      @Connected(userId = "alice") PubSubClient alice,
      @Connected SimpleClient screenInTheHall)
      throws Exception {
    assertThat(post("/broadcast", "Lunch at noon, 5 % off").statusCode()).isEqualTo(204);

    assertThat(service).receivesRequest(sendToAll().withText("Lunch at noon, 5 % off"));
    assertThat(alice).receivesMessage().isFromServer().hasText("Lunch at noon, 5 % off");
    assertThat(screenInTheHall).receivesText("Lunch at noon, 5 % off");
  }

  @Test
  @DisplayName("says a group's broadcast to its members only")
  void groupBroadcastReachesMembersOnly(
      FakeWebPubSub service,
      @Connected(userId = "alice", groups = "room 1") PubSubClient alice,
      @Connected(userId = "mallory") PubSubClient mallory)
      throws Exception {
    post("/broadcast?group=room+1", "only for you");

    assertThat(service).receivesRequest(sendToGroup("room 1").withText("only for you"));
    assertThat(alice).receivesMessage().isFromGroup("room 1").hasNoUserId().hasText("only for you");
    assertThat(mallory).receivesNoMessage();
  }

  @Test
  @DisplayName("has nothing to say when the body is empty")
  void emptyBroadcastIsRefused(FakeWebPubSub service, @Connected PubSubClient alice)
      throws Exception {
    assertThat(post("/broadcast", "").statusCode()).isEqualTo(400);

    assertThat(alice).receivesNoMessage();
    assertThat(service).hasReceivedNoRequest(sendToAll());
  }

  private URI negotiate(String userId) throws Exception {
    HttpResponse<String> answer = get("/negotiate?userId=" + userId);
    assertThat(answer.statusCode()).isEqualTo(200);
    return URI.create(new ObjectMapper().readTree(answer.body()).required("url").asText());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return http.send(
        request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.address().resolve(path)).timeout(Duration.ofSeconds(20));
  }
}
