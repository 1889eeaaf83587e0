package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.client.Protocol.PROTOBUF;
import static io.github.webpubsubtestkit.client.Protocol.PROTOBUF_RELIABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.StringValue;
import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Protobuf clients")
@WebPubSubTest
class ProtobufClientTest {

  private static final StringValue HI = StringValue.of("hi");

  @Test
  @DisplayName("send and receive all kinds of data, each as what it was sent")
  void allKinds(
      @Connected(userId = "alice", groups = "room", protocol = PROTOBUF) PubSubClient alice,
      @Connected(userId = "bob", groups = "room") PubSubClient bob) {
    alice.sendToGroup("room", "text");
    alice.sendJsonToGroup("room", "{\"id\": 1.50}");
    alice.sendToGroup("room", Content.binary(new byte[] {1, 2}));
    alice.sendToGroup("room", Content.protobuf(HI), PublishOptions.options().metadata("k", "v"));

    for (PubSubClient each : List.of(alice, bob)) {
      assertThat(each).receivesText("text").isFromGroup("room");
      assertThat(each).receivesJson("{\"id\": 1.5}");
      assertThat(each).receivesBinary(new byte[] {1, 2}).hasDataType(DataType.BINARY);
      assertThat(each)
          .receivesProtobuf(HI)
          .isFromGroup("room")
          .hasMetadata("k", "v")
          .hasDataType(DataType.PROTOBUF);
      assertThat(each).hasReceivedProtobuf(HI);
      assertThat(each.messages().get(1).json()).isEqualTo("{\"id\": 1.50}");
    }
    assertThat(bob.messages().get(0)).isFromUser("alice");
    assertThat(alice.messages().get(0)).hasNoUserId(); // the subprotocol has no field for it
    assertThat(alice).receivesNoMessage();
  }

  @Test
  @DisplayName("join, leave, ping, are acknowledged and refused like other clients")
  void requests(
      @Connected(userId = "alice", roles = "webpubsub.joinLeaveGroup", protocol = PROTOBUF)
          PubSubClient alice) {
    alice.joinGroup("room");
    alice.ping();
    alice.leaveGroup("room");

    assertThat(alice.userId()).contains("alice");
    assertThat(alice.protocol()).isEqualTo(PROTOBUF);
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendProtobufToGroup("room", HI))
        .satisfies(e -> assertThat(e.errorName()).isEqualTo("Forbidden"));
    assertThatExceptionOfType(AckFailedException.class)
        .isThrownBy(() -> alice.sendEvent("e", Content.protobuf(HI)))
        .satisfies(e -> assertThat(e.errorName()).isEqualTo("InternalServerError"));
  }

  @Test
  @DisplayName("sendRaw sends protobuf bytes, receivesAck and receivesPong see the answers")
  void raw(@Connected(protocol = PROTOBUF) PubSubClient alice) {
    alice.sendRaw(new byte[] {0x32, 5, 0x0A, 1, 'g', 0x10, 1});
    assertThat(alice).receivesAck(1).isSuccessful();

    alice.sendRaw(new byte[] {0x4A, 0});
    assertThat(alice).receivesPong();

    alice.sendRaw("{\"type\":\"ping\"}");
    assertThat(alice).isClosed().hasCode(1003);
  }

  @Test
  @DisplayName("an Any is sent as it is, and read as the message in it or as itself")
  void any(@Connected(groups = "room", protocol = PROTOBUF) PubSubClient alice) {
    Any any = Any.pack(HI, "example.com/types");
    alice.sendProtobufToGroup("room", any);

    assertThat(alice).receivesProtobuf(any).hasProtobuf(HI);
    ReceivedMessage message = alice.messages().get(0);
    assertThat(message.protobuf(Any.class)).isEqualTo(any);
    assertThat(message.protobuf(StringValue.class)).isEqualTo(HI);
    assertThat(message.binary()).isEqualTo(any.toByteArray());
    assertThat(message)
        .extractingProtobuf(StringValue.class)
        .extracting(StringValue::getValue)
        .isEqualTo("hi");
    assertThat(message.toString()).contains("example.com/types/google.protobuf.StringValue");
  }

  @Test
  @DisplayName("a message that differs is shown as text beside the wanted one")
  void differs(@Connected(groups = "room", protocol = PROTOBUF) PubSubClient alice) {
    alice.sendProtobufToGroup("room", HI);
    ReceivedMessage message = alice.messages().get(0);

    AssertionError failure =
        catchThrowableOfType(
            AssertionError.class, () -> assertThat(message).hasProtobuf(StringValue.of("ho")));
    assertThat(failure)
        .hasMessageContaining("expected a message with protobuf ")
        .hasMessageContaining("google.protobuf.StringValue { value: \"ho\" }")
        .hasMessageContaining("google.protobuf.StringValue { value: \"hi\" }");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(message).hasProtobuf(BoolValue.of(true)))
        .withMessageContaining("google.protobuf.BoolValue { value: true }")
        .withMessageContaining("google.protobuf.StringValue");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(message).extractingProtobuf(Duration.class))
        .withMessageContaining("com.google.protobuf.Duration")
        .withMessageContaining("type.googleapis.com/google.protobuf.StringValue");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                assertThat(alice)
                    .within(java.time.Duration.ZERO)
                    .receivesProtobuf(StringValue.of("ho")))
        .withMessageContaining("google.protobuf.StringValue { value: \"ho\" }")
        .withMessageContaining("nearest    is google.protobuf.StringValue { value: \"hi\" }")
        .withMessageContaining(
            "protobuf  type.googleapis.com/google.protobuf.StringValue  4 bytes 0a 02 68 69");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(message).hasBinary(message.binary()))
        .withMessageContaining("is protobuf, not binary");
    assertThatIllegalStateException()
        .isThrownBy(() -> message.protobuf(BoolValue.class))
        .withMessageStartingWith(
            "protobuf(BoolValue.class) needs a message that carries a com.google.protobuf.BoolValue");
  }

  @Test
  @DisplayName("recover, when reliable, what was sent meanwhile, in order and once")
  void recovers(
      FakeWebPubSub service,
      @Connected(userId = "alice", groups = "room", protocol = PROTOBUF_RELIABLE)
          PubSubClient alice,
      @Connected(protocol = PROTOBUF) PubSubClient bob) {
    bob.sendToGroup("room", "before");
    assertThat(alice).receivesText("before");
    String id = alice.connectionId();

    alice.dropConnection();
    bob.sendProtobufToGroup("room", HI);
    service.sendToUser("alice", Content.binary(new byte[] {1, 2}));
    alice.recover();
    bob.sendToGroup("room", "after");

    assertThat(alice.connectionId()).isEqualTo(id);
    assertThat(alice).receivesProtobuf(HI).isFromGroup("room");
    assertThat(alice).receivesBinary(new byte[] {1, 2}).isFromServer();
    assertThat(alice).receivesText("after");
    assertThat(alice).receivesNoMessage().hasReceivedNoDuplicate().hasReceivedNoGap();
    alice.joinGroup("other");
    alice.sendToGroup("other", "own");
    assertThat(alice).receivesText("own").isFromGroup("other");
  }

  @Test
  @DisplayName("get again, when reliable, what they have not acknowledged")
  void replay(
      FakeWebPubSub service,
      @Connected(userId = "alice", protocol = PROTOBUF_RELIABLE) PubSubClient alice) {
    alice.withholdSequenceAcks();
    service.sendToUser("alice", "a");
    service.sendToUser("alice", "b");
    assertThat(alice).receivesExactly("a", "b");

    alice.recover();

    assertThat(alice.duplicates()).extracting(ReceivedMessage::text).containsExactly("a", "b");

    alice.resumeSequenceAcks();
    alice.dropConnection();
    alice.recover();
    assertThat(alice.duplicates()).hasSize(2);
  }

  @Test
  @DisplayName("an Any whose value is not of its type is no such message")
  void brokenValue(@Connected(groups = "room", protocol = PROTOBUF) PubSubClient alice) {
    Any broken = Any.pack(HI).toBuilder().setValue(ByteString.fromHex("0AFF")).build();
    alice.sendProtobufToGroup("room", broken);
    ReceivedMessage message = alice.messages().get(0);

    assertThat(message).hasProtobuf(broken);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(message).hasProtobuf(HI))
        .withMessageContaining("what is no message of its type");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(message).extractingProtobuf(StringValue.class));
  }

  @Test
  @DisplayName("what cannot be sent is refused where it is written")
  void wrongUse(
      @Connected(userId = "alice", protocol = PROTOBUF) PubSubClient alice,
      @Connected(userId = "bob") PubSubClient bob) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alice.sendProtobufToGroup("room", "hi"))
        .withMessage(
            "a protobuf message must be a com.google.protobuf.Message (an Any is sent as it is) but"
                + " is a java.lang.String");
    assertThatIllegalStateException()
        .isThrownBy(() -> bob.sendProtobufToGroup("room", HI))
        .withMessage(
            "[bob] sendProtobufToGroup needs a client of a protobuf subprotocol, but this one speaks"
                + " json.webpubsub.azure.v1, from which the service accepts no protobuf message."
                + " Connect it with protocol PROTOBUF");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(alice).receivesProtobuf(HI.toByteString()))
        .withMessageContaining("com.google.protobuf.ByteString");
  }
}
