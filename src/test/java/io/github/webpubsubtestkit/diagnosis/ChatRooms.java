package io.github.webpubsubtestkit.diagnosis;

import static com.azure.messaging.webpubsub.models.WebPubSubContentType.TEXT_PLAIN;
import static io.github.webpubsubtestkit.client.Protocol.JSON_RELIABLE;
import static io.github.webpubsubtestkit.diagnosis.Seeded.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.BinaryData;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.models.WebPubSubPermission;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The server of a chat moves its users between rooms. */
@WebPubSubTest
class ChatRooms {

  @Seeded("sent-before-the-join")
  void aGuestIsWelcome(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
    new Tables(ServerSdk.client(service.connectionString())).seat("bob", "table-7");

    assertThat(bob).within(SOON).receivesText("welcome to table-7");
  }

  record Tables(WebPubSubServiceClient azure) {

    void seat(String guest, String table) {
      azure.sendToGroup(table, "welcome to " + table, TEXT_PLAIN);
      azure.addUserToGroupWithResponse(table, guest, null);
    }
  }

  @Seeded("group-in-another-case")
  void membersSeeWhoComes(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
    Rooms rooms = new Rooms(ServerSdk.client(service.connectionString()));
    rooms.enter("lobby", "alice");

    rooms.say("lobby", "bob is here");

    assertThat(alice).within(SOON).receivesMessageFromGroup("lobby").hasText("bob is here");
  }

  record Rooms(WebPubSubServiceClient azure) {

    void enter(String room, String user) {
      azure.addUserToGroupWithResponse(title(room), user, null);
    }

    void say(String room, String text) {
      azure.sendToGroup(title(room), text, TEXT_PLAIN);
    }

    private static String title(String room) {
      return room.substring(0, 1).toUpperCase(Locale.ROOT) + room.substring(1);
    }
  }

  @Seeded("excluded-receiver")
  void whatAliceSaysIsForwarded(
      FakeWebPubSub service,
      @Connected(userId = "alice", groups = "room") PubSubClient alice,
      @Connected(userId = "bob", groups = "room") PubSubClient bob) {
    Relay relay = new Relay(ServerSdk.client(service.connectionString()));

    relay.forward("hello", alice.connectionId(), bob.connectionId());

    assertThat(bob).within(SOON).receivesText("hello");
  }

  record Relay(WebPubSubServiceClient azure) {

    void forward(String text, String to, String from) {
      azure.sendToGroupWithResponse(
          "room",
          BinaryData.fromString(text),
          ServerSdk.contentType("text/plain").addQueryParam("excluded", from));
    }
  }

  @Seeded("other-client")
  void theAgentSeesTheQuestion(
      FakeWebPubSub service,
      @Connected(userId = "alice") PubSubClient alice,
      @Connected(userId = "bob") PubSubClient bob) {
    new Support(ServerSdk.client(service.connectionString()), 1).ask("where is my parcel?");

    assertThat(alice).within(SOON).receivesText("where is my parcel?");
  }

  /** Asks the agent whose turn it is. */
  record Support(WebPubSubServiceClient azure, int turn) {

    void ask(String question) {
      String[] agents = {"alice", "bob"};
      azure.sendToUser(agents[turn % agents.length], question, TEXT_PLAIN);
    }
  }

  @Seeded("member-never-removed")
  void whoLeavesIsNoMember(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob) {
    Memberships memberships = new Memberships(ServerSdk.client(service.connectionString()));
    memberships.enter("bob", "lobby");

    memberships.leave("bob");

    assertThat(service).within(SOON).hasNoGroupMember("lobby", "bob");
  }

  record Memberships(WebPubSubServiceClient azure, Map<String, String> rooms) {

    Memberships(WebPubSubServiceClient azure) {
      this(azure, new HashMap<>());
    }

    void enter(String user, String room) {
      rooms.put(user, room);
      azure.addUserToGroupWithResponse(room, user, null);
    }

    void leave(String user) {
      rooms.remove(user);
    }
  }

  @Seeded("permission-revoked")
  void aliceMaySpeakAgainAfterTwoWarnings(
      FakeWebPubSub service,
      @Connected(
              userId = "alice",
              groups = "lobby",
              roles = {"webpubsub.joinLeaveGroup", "webpubsub.sendToGroup.lobby"})
          PubSubClient alice) {
    Moderation moderation = new Moderation(ServerSdk.client(service.connectionString()));

    moderation.warn(alice.connectionId(), 1);
    moderation.warn(alice.connectionId(), 2);

    alice.sendToGroup("lobby", "sorry");
  }

  record Moderation(WebPubSubServiceClient azure) {

    /** Warns twice, and silences at the third time. */
    void warn(String connection, int time) {
      if (time >= 2) {
        azure.revokePermissionWithResponse(
            WebPubSubPermission.SEND_TO_GROUP,
            connection,
            ServerSdk.parameter("targetName", "lobby"));
      }
    }
  }

  @Seeded("reliable-client-dropped")
  void aliceMissesNothingInATunnel(
      FakeWebPubSub service,
      @Connected(userId = "alice", protocol = JSON_RELIABLE) PubSubClient alice) {
    Tables tables = new Tables(ServerSdk.client(service.connectionString()));
    tables.seat("alice", "table-1");
    alice.dropConnection();

    tables.seat("alice", "table-1");

    assertThat(alice).within(SOON).receivesText("welcome to table-1");
  }
}
