package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.webpubsubtestkit.client.AckFailedException;
import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.ConnectionInfo;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.WebPubSubService;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ParameterResolutionException;

@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("@Connected parameters")
class ConnectedParameterTest {

  @Test
  void theTypeDecidesWhichKindOfClientConnects() {
    TestRun.of(Kinds.class).passes(1);
  }

  @WebPubSubTest
  static class Kinds {
    @Test
    void test(
        FakeWebPubSub service,
        @Connected(userId = "alice") PubSubClient alice,
        @Connected(userId = "bob") SimpleClient bob) {
      service.sendToUser("alice", "to alice");
      service.sendToUser("bob", "to bob");
      assertThat(alice).receivesText("to alice");
      assertThat(bob).receivesText("to bob");
    }
  }

  @Test
  void theAttributesReachTheService() {
    TestRun.of(Attributes.class).passes(4);
  }

  @WebPubSubTest(hub = "chat")
  static class Attributes {
    @Test
    void userGroupsAndHub(
        FakeWebPubSub service,
        @Connected(
                userId = "alice",
                groups = {"red", "blue"})
            PubSubClient alice,
        @Connected(hub = "other") PubSubClient stranger) {
      assertThat(service.connections("chat"))
          .extracting(ConnectionInfo::connectionId)
          .containsExactly(alice.connectionId());
      assertThat(service.connections("other"))
          .extracting(ConnectionInfo::connectionId)
          .containsExactly(stranger.connectionId());
      assertThat(service).hasGroupMember("red", "alice").hasGroupMember("blue", "alice");
      assertThat(stranger).hasNoUserId();
    }

    @Test
    void byDefaultAllGroupsCanBeJoinedAndSentTo(@Connected PubSubClient client) {
      client.joinGroup("any");
      client.sendToGroup("any", "hi");
      assertThat(client).receivesMessageFromGroup("any").hasText("hi");
    }

    @Test
    void writtenRolesReplaceTheDefault(
        @Connected(roles = "webpubsub.sendToGroup.room") PubSubClient client) {
      client.sendToGroup("room", "allowed");
      assertThatExceptionOfType(AckFailedException.class)
          .isThrownBy(() -> client.joinGroup("room"))
          .satisfies(e -> assertThat(e.errorName()).isEqualTo("Forbidden"));
    }

    @Test
    void emptyRolesGrantNothing(@Connected(roles = {}) PubSubClient client) {
      assertThatExceptionOfType(AckFailedException.class)
          .isThrownBy(() -> client.sendToGroup("room", "hi"));
    }
  }

  @Test
  void clientsAreNamedAfterUserDeviceOrParameter() {
    TestRun.of(DisplayNames.class).passes(1);
  }

  @WebPubSubTest
  static class DisplayNames {
    @Test
    void test(
        @Connected(userId = "alice") PubSubClient first,
        @Connected(userId = "alice", device = "phone") PubSubClient second,
        @Connected PubSubClient mallory) {
      assertThat(first.name()).isEqualTo("alice");
      assertThat(second.name()).isEqualTo("alice (phone)");
      assertThat(mallory.name()).isEqualTo("mallory");
    }
  }

  @Test
  void worksAsMetaAnnotation() {
    TestRun.of(MetaAnnotated.class).passes(1);
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Connected(userId = "alice", groups = "room")
  @interface Alice {}

  @WebPubSubTest
  static class MetaAnnotated {
    @Test
    void test(FakeWebPubSub service, @Alice PubSubClient alice) {
      assertThat(alice).hasUserId("alice");
      assertThat(service).hasGroupMember("room", "alice");
    }
  }

  @Test
  void theServiceNeedsNoAnnotation() {
    TestRun.of(Services.class).passes(1);
  }

  @WebPubSubTest
  static class Services {
    @Test
    void test(FakeWebPubSub fake, WebPubSubService service, FakeWebPubSub again) {
      assertThat((Object) service).isSameAs(fake);
      assertThat((Object) again).isSameAs(fake);
    }
  }

  @Test
  void sameUserBeforeDuringAndAfterTheTestIsTheSameClient() {
    TestRun.of(SharedUser.class).passes(2);
  }

  @WebPubSubTest
  static class SharedUser {
    PubSubClient before;

    @Connected(userId = "alice")
    PubSubClient field;

    @BeforeEach
    void prepare(
        @Connected(userId = "alice") PubSubClient alice,
        @Connected(userId = "alice", device = "phone") PubSubClient phone,
        @Connected PubSubClient anonymous) {
      before = alice;
      assertThat((Object) phone).isNotSameAs(alice);
      assertThat((Object) anonymous).isNotSameAs(alice);
    }

    @Test
    void test(FakeWebPubSub service, @Connected(userId = "alice") PubSubClient alice) {
      assertThat((Object) alice).isSameAs(before).isSameAs(field);
      assertThat(service).hasConnections(3);
    }

    @Test
    void hubsAreTheSameInAnyCase(@Connected(userId = "alice", hub = "HUB") PubSubClient alice) {
      assertThat((Object) alice).isSameAs(before);
    }

    @AfterEach
    void after(@Connected(userId = "alice") PubSubClient alice) {
      assertThat((Object) alice).isSameAs(before);
      assertThat(alice).isConnected();
    }
  }

  @Test
  void withoutUserEachPlaceHasItsOwnClient() {
    TestRun.of(Anonymous.class).passes(1);
  }

  @WebPubSubTest
  static class Anonymous {
    PubSubClient before;

    @BeforeEach
    void prepare(@Connected PubSubClient client) {
      before = client;
    }

    @Test
    void test(FakeWebPubSub service, @Connected PubSubClient one, @Connected PubSubClient two) {
      assertThat(service).hasConnections(3);
      assertThat((Object) one).isNotSameAs(two).isNotSameAs(before);
    }
  }

  @Test
  void sameUserAskedForInTwoWaysIsRefused() {
    TestRun run = TestRun.of(Conflicts.class);
    String before =
        "@Connected(userId = \"alice\") PubSubClient alice (parameter 1 of Conflicts.prepare)";
    String rule =
        """

        The same hub, userId and device within one test are the same client, and so its type, roles, \
        groups and protocol must be the same. To connect the user twice, tell the clients \
        apart by device, for example device = "phone".""";

    assertThat(run.failure("groups"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            The client of user "alice" in hub "hub" is requested in two different ways:
              %s
              @Connected(userId = "alice", groups = "room") PubSubClient alice (parameter 1 of Conflicts.groups)"""
                    .formatted(before)
                + rule);
    assertThat(run.failure("roles"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            The client of user "alice" in hub "hub" is requested in two different ways:
              %s
              @Connected(userId = "alice", roles = {"a", "b"}) PubSubClient alice (parameter 1 of Conflicts.roles)"""
                    .formatted(before)
                + rule);
    assertThat(run.failure("type"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            The client of user "alice" in hub "hub" is requested in two different ways:
              %s
              @Connected(userId = "alice") SimpleClient alice (parameter 1 of Conflicts.type)"""
                    .formatted(before)
                + rule);
    assertThat(run.outcome("orderOfRoles").hasSucceeded()).isTrue();
    assertThat(run.outcome("device").hasSucceeded()).isTrue();
  }

  @WebPubSubTest
  static class Conflicts {
    @BeforeEach
    void prepare(@Connected(userId = "alice") PubSubClient alice) {}

    @Test
    void groups(@Connected(userId = "alice", groups = "room") PubSubClient alice) {}

    @Test
    void roles(
        @Connected(
                userId = "alice",
                roles = {"a", "b"})
            PubSubClient alice) {}

    @Test
    void type(@Connected(userId = "alice") SimpleClient alice) {}

    @Test
    void orderOfRoles(
        @Connected(
                userId = "alice",
                roles = {"webpubsub.sendToGroup", "webpubsub.joinLeaveGroup"})
            PubSubClient alice) {}

    @Test
    void device(@Connected(userId = "alice", device = "phone", groups = "room") PubSubClient a) {}
  }

  @Test
  void sameUserTwiceInOneMethodIsRefused() {
    assertThat(TestRun.of(Twice.class).failure("test"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            The client of user "alice" on device "phone" in hub "hub" is requested twice in one place:
              @Connected(userId = "alice", device = "phone") PubSubClient one (parameter 1 of Twice.test)
              @Connected(hub = "HUB", userId = "alice", device = "phone") PubSubClient two (parameter 2 of Twice.test)
            The same hub, userId and device within one test are the same client, and so its type, roles, \
            groups and protocol must be the same. To connect the user twice, tell the clients \
            apart by device, for example device = "phone".""");
  }

  @WebPubSubTest
  static class Twice {
    @Test
    void test(
        @Connected(userId = "alice", device = "phone") PubSubClient one,
        @Connected(userId = "alice", device = "phone", hub = "HUB") PubSubClient two) {}
  }

  @Test
  void wrongUseSaysWhatToDoInstead() {
    TestRun run = TestRun.of(WrongUse.class);

    assertThat(run.failure("wrongType"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            @Connected cannot inject String text (parameter 1 of WrongUse.wrongType): the type must be \
            PubSubClient (a client on one of Azure's subprotocols, which can join groups), SimpleClient (one \
            without), or a client of Azure's server SDK: WebPubSubServiceClient or \
            WebPubSubServiceAsyncClient.""");
    assertThat(run.failure("baseType"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageStartingWith(
            "@Connected cannot inject Client client (parameter 1 of WrongUse.baseType)");
    assertThat(run.failure("forgotten"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            PubSubClient alice (parameter 1 of WrongUse.forgotten) needs an annotation that names its user, \
            for example @Connected(userId = "alice").""");
    assertThat(run.failure("connectedService"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            @Connected is for clients, but FakeWebPubSub service (parameter 1 of WrongUse.connectedService) \
            is the service: remove the annotation.""");
    assertThat(run.failure("deviceWithoutUser"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            @Connected has device "phone" but no userId on PubSubClient client (parameter 1 of \
            WrongUse.deviceWithoutUser). A device tells apart the clients of one user; without a userId \
            every client is a separate one. Add a userId, or remove the device.""");
    assertThat(run.failure("simpleWithProtocol"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            @Connected asks for protocol PROTOBUF on SimpleClient client (parameter 1 of \
            WrongUse.simpleWithProtocol), but a SimpleClient has no subprotocol. Make it a PubSubClient, or \
            remove the protocol.""");
    assertThat(run.failure("invalidHub"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageContaining("WrongUse.invalidHub")
        .hasMessageContaining("1 2");
    assertThat(run.failure("invalidGroup"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageContaining("WrongUse.invalidGroup");
  }

  @WebPubSubTest
  static class WrongUse {
    @Test
    void wrongType(@Connected String text) {}

    @Test
    void baseType(@Connected Client client) {}

    @Test
    void forgotten(PubSubClient alice) {}

    @Test
    void connectedService(@Connected FakeWebPubSub service) {}

    @Test
    void deviceWithoutUser(@Connected(device = "phone") PubSubClient client) {}

    @Test
    void simpleWithProtocol(@Connected(protocol = Protocol.PROTOBUF) SimpleClient client) {}

    @Test
    void invalidHub(@Connected(hub = "1 2") PubSubClient client) {}

    @Test
    void invalidGroup(@Connected(groups = " ") PubSubClient client) {}
  }

  @Test
  void invalidHubOfTheClassIsNamed() {
    assertThat(TestRun.of(InvalidClassHub.class).failure("test"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageStartingWith(
            "Could not start the fake service for FakeWebPubSub service (parameter 1 of InvalidClassHub.test): ")
        .hasMessageContaining("1 2");
  }

  @WebPubSubTest(hub = "1 2")
  static class InvalidClassHub {
    @Test
    void test(FakeWebPubSub service) {}
  }
}
