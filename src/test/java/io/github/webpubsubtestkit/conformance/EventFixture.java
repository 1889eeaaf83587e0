package io.github.webpubsubtestkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The fixture of the cases in event-handlers 13: a fake, an application behind it, and clients of
 * user {@code alice}.
 *
 * <p>Handlers cannot be scripted here by anything of the kit: the application is a {@link
 * RecordingUpstream}.
 */
final class EventFixture implements AutoCloseable {

  /** The access key of the cases. */
  static final String KEY = "0123456789abcdef0123456789abcdef";

  /** The other access key of event-handlers 4.3. */
  static final String SECONDARY_KEY = "fedcba9876543210fedcba9876543210";

  /** What a client is told of any failure of the application. */
  static final String FAILURE = "Internal server error";

  /** What a test changes of the fake. */
  interface Setup {
    void accept(FakeWebPubSubBuilder fake, RecordingUpstream upstream);
  }

  private final RecordingUpstream upstream;
  private final FakeFixture fixture;

  private EventFixture(RecordingUpstream upstream, FakeFixture fixture) {
    this.upstream = upstream;
    this.fixture = fixture;
  }

  /** One handler for all events, as the cases have it. */
  static EventFixture start() {
    return with(builder -> {});
  }

  /** The handler of the cases, and a fake with a switch turned. */
  static EventFixture with(Consumer<FakeWebPubSubBuilder> change) {
    return of(
        (builder, application) -> {
          builder.eventHandler(FakeFixture.HUB, EventHandler.url(application.template()));
          change.accept(builder);
        });
  }

  /** No handler but those that the setup adds. */
  static EventFixture of(Setup setup) {
    RecordingUpstream upstream = RecordingUpstream.start();
    try {
      FakeWebPubSubBuilder builder = FakeWebPubSub.builder().accessKey(KEY);
      setup.accept(builder, upstream);
      return new EventFixture(upstream, FakeFixture.of(builder));
    } catch (RuntimeException | Error e) {
      upstream.close();
      throw e;
    }
  }

  /** One handler of the case's own. */
  static EventFixture handler(Function<RecordingUpstream, EventHandler> handler) {
    return of(
        (builder, application) ->
            builder.eventHandler(FakeFixture.HUB, handler.apply(application)));
  }

  RecordingUpstream upstream() {
    return upstream;
  }

  FakeFixture fixture() {
    return fixture;
  }

  FakeWebPubSub fake() {
    return fixture.fake();
  }

  // ---- clients

  /** The claims of a good token of alice. */
  TestTokens alice() {
    return fixture.token().user("alice");
  }

  /** A "JC" of alice. */
  WireJsonClient json() {
    return fixture.json(alice());
  }

  /** A "RAW" of alice. */
  WireClient raw() {
    return fixture.raw(alice());
  }

  /** A "JRC" of alice. */
  WireJsonClient reliable() {
    return fixture.reliable(alice());
  }

  /** A "PC" of alice. */
  WireProtobufClient protobuf() {
    return fixture.protobuf(alice());
  }

  /** An upgrade of alice, no subprotocol offered. */
  UpgradeRequest request() {
    return fixture.request(alice());
  }

  /** An upgrade of alice that is refused with this status. */
  HttpAnswer refused(int status) {
    HttpAnswer answer = fixture.refused(request());
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    return answer;
  }

  // ---- what clients say

  /** An event of type text, with an ack id. */
  static String event(String name, String text, long ackId) {
    return WireJsonClient.json(
        "{'type':'event','event':'%s','dataType':'text','data':'%s','ackId':%d}"
            .formatted(name, text, ackId));
  }

  /** An event of type text, without an ack id. */
  static String event(String name, String text) {
    return WireJsonClient.json(
        "{'type':'event','event':'%s','dataType':'text','data':'%s'}".formatted(name, text));
  }

  /** Sends an event and waits for its success ack; nothing may come before it. */
  static void succeeds(WireJsonClient client, String event, long ackId) {
    client.send(event(event, "hi", ackId));
    client.expectAck(ackId);
  }

  /** Sends an event and waits for its {@code InternalServerError}. */
  static void fails(WireJsonClient client, String event, long ackId) {
    client.send(event(event, "hi", ackId));
    expectFailure(client, ackId);
  }

  /** The next message is the ack of a failure of the application. */
  static void expectFailure(WireJsonClient client, long ackId) {
    client.expectAck(ackId, "InternalServerError", FAILURE);
  }

  /** A reply of the application, as a JSON client sees it. */
  static String reply(String dataType, String data) {
    return WireJsonClient.json("{'type':'message','from':'server','dataType':'%s','data':%s}")
        .formatted(dataType, WireJsonClient.json(data));
  }

  // ---- what the application is to see

  /** {@code ce-signature} of one key (event-handlers 4.3). */
  static String signature(String key, String connectionId) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(connectionId.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /**
   * Waits until the service has nothing more to do: what it was answered it has taken in, and what
   * it was going to ask it has asked. Only when no client is connected, because the clients of
   * these tests answer no pings.
   */
  void awaitIdle() {
    upstream.awaitAllAnswered();
    fake().awaitIdle();
  }

  /**
   * Waits until the service has read all that the application has answered and all that clients
   * have sent; also while something is under way.
   */
  void turn() {
    upstream.awaitAllAnswered();
    for (int i = 0; i < 2; i++) { // what is readable when the second turn begins is read in it
      fake().clock().advanceBy(Duration.ZERO);
    }
  }

  /** Says goodbye as a client does that leaves for good, and waits for the end. */
  static void leave(WireClient client, String reason) {
    client.sendClose(1000, reason);
    client.expectCloseFrame(1000, reason);
    client.expectEnd();
  }

  @Override
  public void close() {
    try (fixture) {
      upstream.close();
    }
  }
}
