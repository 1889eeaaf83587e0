package com.example.chat;

import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The chat's client on the JDK's WebSocket")
@WebPubSubTest(hub = ChatServer.HUB)
@Timeout(60)
class ChatClientTest {

  private ChatServer server;
  private ChatClient alice;

  @BeforeEach
  void connectAlice(FakeWebPubSub service) throws Exception {
    server = ChatServer.start(service.connectionString(), 0);
    alice = ChatClient.connect(server.address(), "alice");
  }

  @AfterEach
  void disconnectAlice() {
    alice.close();
    server.close();
  }

  @Test
  @DisplayName("connects as the user it was started for")
  void connectsAsUser(FakeWebPubSub service) {
    assertThat(service).receivesConnectionFrom("alice");
  }

  @Test
  @DisplayName("joins a group and hears what others say there")
  void hearsOthers(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
    alice.join("room");
    assertThat(service).receivesRequest(joinGroup("room").fromUser("alice"));

    bob.sendToGroup("room", "hi");
    bob.sendToGroup("elsewhere", "not for alice");
    service.awaitIdle(); // all that was under way has been read by everyone, alice included

    assertThat(alice.messages())
        .containsExactly(new ChatMessage(Optional.of("room"), Optional.of("bob"), "hi"));
  }

  @Test
  @DisplayName("says things to a group, and does not hear itself")
  void speaksToOthers(
      FakeWebPubSub service, @Connected(userId = "bob", groups = "room") PubSubClient bob) {
    alice.join("room");

    alice.say("room", "good morning");

    assertThat(bob)
        .receivesMessage()
        .isFromGroup("room")
        .isFromUser("alice")
        .hasText("good morning");
    service.awaitIdle();
    assertThat(alice.messages()).isEmpty();
  }

  @Test
  @DisplayName("hears nothing of a group it has left")
  void hearsNothingAfterLeaving(FakeWebPubSub service, @Connected PubSubClient bob) {
    alice.join("room");
    alice.leave("room");

    bob.sendToGroup("room", "anybody there?");
    service.awaitIdle();

    assertThat(alice.messages()).isEmpty();
  }

  @Test
  @DisplayName("hears the server's announcements, however long they are")
  void hearsAnnouncements(FakeWebPubSub service) {
    String announcement = "lunch! ".repeat(20_000);

    service.sendToAll(announcement);
    service.awaitIdle();

    assertThat(alice.messages())
        .containsExactly(new ChatMessage(Optional.empty(), Optional.empty(), announcement));
  }

  @Test
  @DisplayName("tells why a server does not let it in")
  void tellsWhyNegotiationFailed() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ChatClient.connect(server.address(), ""))
        .withMessageContaining("400");
  }

  @Test
  @DisplayName("says goodbye when it is closed")
  void saysGoodbye(FakeWebPubSub service) {
    alice.close();
    service.awaitIdle();

    assertThat(service).hasNoUser("alice");
  }
}
