package io.github.webpubsubtestkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One fake and every socket a test opens on it; closing the fixture closes them all.
 *
 * <p>As in the cases, the hub is {@code chat} unless a test says otherwise, and a token is good for
 * one hour, has no user id, no role and no group unless the test puts them in.
 */
final class FakeFixture implements AutoCloseable {

  /** The hub of the cases. */
  static final String HUB = "chat";

  /** The subprotocol of a "JC". */
  static final String JSON = "json.webpubsub.azure.v1";

  /** The subprotocol of a "PC". */
  static final String PROTOBUF = "protobuf.webpubsub.azure.v1";

  /** The subprotocol of a "PRC". */
  static final String PROTOBUF_RELIABLE = "protobuf.reliable.webpubsub.azure.v1";

  /** The subprotocol of a "JRC". */
  static final String RELIABLE = "json.reliable.webpubsub.azure.v1";

  /** May join and leave any group. */
  static final String RJ = "webpubsub.joinLeaveGroup";

  /** May send to any group. */
  static final String RS = "webpubsub.sendToGroup";

  /** A key, long enough, that no fake of these tests has. */
  static final String OTHER_KEY = "another-access-key-that-no-fake-has-0123456789";

  private final FakeWebPubSub fake;
  private final Deque<Runnable> closers = new ArrayDeque<>();

  private FakeFixture(FakeWebPubSub fake) {
    this.fake = fake;
  }

  /** A fixture with a fake of default settings. */
  static FakeFixture start() {
    return new FakeFixture(FakeWebPubSub.start());
  }

  /** A fixture with a fake of special settings. */
  static FakeFixture of(FakeWebPubSubBuilder builder) {
    return new FakeFixture(builder.build());
  }

  FakeWebPubSub fake() {
    return fake;
  }

  URI endpoint() {
    return fake.endpoint();
  }

  /** {@code 127.0.0.1:port}. */
  String authority() {
    return fake.endpoint().getAuthority();
  }

  /** The claims of a good client token for hub {@code chat}. */
  TestTokens token() {
    return TestTokens.forClient(fake.endpoint(), HUB);
  }

  /** The token, signed with the fake's key. */
  String signed(TestTokens token) {
    return token.signedBy(fake.accessKey());
  }

  /** An upgrade at hub {@code chat} with this token in the query, no subprotocol offered. */
  UpgradeRequest request(TestTokens token) {
    return request(token, "");
  }

  /** The same with more query parameters, each with its {@code &}. */
  UpgradeRequest request(TestTokens token, String query) {
    return UpgradeRequest.to("/client/hubs/" + HUB + "?access_token=" + signed(token) + query);
  }

  /** An upgrade at hub {@code chat} with this ready-made token. */
  static UpgradeRequest requestWith(String token) {
    return UpgradeRequest.to("/client/hubs/" + HUB + "?access_token=" + token);
  }

  /** Connects; a refusal fails the test. */
  WireClient open(UpgradeRequest request) {
    return opened(WireClient.open(endpoint(), request));
  }

  /** Connects and reads the {@code connected} message. */
  WireJsonClient openJson(UpgradeRequest request) {
    return WireJsonClient.on(open(request));
  }

  /** A simple client. */
  WireClient raw(TestTokens token) {
    return open(request(token));
  }

  /** A simple client that publishes all it sends to this group. */
  WireClient rawSender(TestTokens token, String group) {
    return open(request(token, "&webpubsub_mode=sendToGroup&group=" + group));
  }

  /** A client of the JSON subprotocol, {@code connected} already read. */
  WireJsonClient json(TestTokens token) {
    return openJson(request(token).offering(JSON));
  }

  /** A client of the protobuf subprotocol, {@code connected} already read. */
  WireProtobufClient protobuf(TestTokens token) {
    return WireProtobufClient.on(open(request(token).offering(PROTOBUF)));
  }

  /** A client of the reliable protobuf subprotocol, {@code connected} already read. */
  WireProtobufClient protobufReliable(TestTokens token) {
    return WireProtobufClient.on(open(request(token).offering(PROTOBUF_RELIABLE)));
  }

  /** Gets a connection back on a new socket, whatever subprotocol is offered there. */
  WireProtobufClient recover(WireProtobufClient original, String offered) {
    return original.continuedOn(
        open(
            UpgradeRequest.to(
                    "/client/hubs/%s?awps_connection_id=%s&awps_reconnection_token=%s"
                        .formatted(
                            HUB,
                            original.connectionId(),
                            original.reconnectionToken().orElseThrow()))
                .offering(offered)));
  }

  /** A client of the reliable JSON subprotocol, {@code connected} already read. */
  WireJsonClient reliable(TestTokens token) {
    return openJson(request(token).offering(RELIABLE));
  }

  /** Cuts a client off; when this returns, the service has noticed. Only with no other client. */
  void detach(WireJsonClient client) {
    client.wire().drop();
    fake.awaitIdle();
  }

  /** Gets a connection back on a new socket, without an access token. */
  WireJsonClient recover(WireJsonClient original) {
    WireClient wire = open(recovery(original));
    assertThat(wire.subprotocol()).contains(RELIABLE);
    return original.continuedOn(wire);
  }

  /** An upgrade that asks for a connection's recovery. */
  static UpgradeRequest recovery(WireJsonClient original) {
    return recovery(HUB, original.connectionId(), original.reconnectionToken());
  }

  /** An upgrade that asks for a recovery with what it is given. */
  static UpgradeRequest recovery(String hub, String connectionId, String token) {
    return UpgradeRequest.to(
            "/client/hubs/%s?awps_connection_id=%s&awps_reconnection_token=%s"
                .formatted(hub, connectionId, token))
        .offering(RELIABLE);
  }

  /**
   * The service answers 101 and then says that there is nothing to recover (client-protocols F.4).
   */
  void expectRefused(UpgradeRequest recovery) {
    open(recovery).expectClose(1008, "The connection could not be recovered.");
  }

  /** Tries to connect and expects a refusal. */
  HttpAnswer refused(UpgradeRequest request) {
    return WireClient.refused(endpoint(), request);
  }

  /** A plain connection to the fake's port. */
  WireSocket socket() {
    return opened(WireSocket.connect(endpoint()));
  }

  /** A plain connection whose reader is slow to take anything. */
  WireSocket socketWithReceiveBuffer(int bytes) {
    return opened(WireSocket.connect(endpoint(), bytes));
  }

  /** The application server of hub {@code chat}. */
  RestDriver rest() {
    return rest(HUB);
  }

  /** The application server of another hub. */
  RestDriver rest(String hub) {
    RestDriver rest = new RestDriver(endpoint(), fake.accessKey(), hub);
    closers.push(rest::close);
    return rest;
  }

  @Override
  public void close() {
    try (fake) {
      while (!closers.isEmpty()) {
        closers.pop().run();
      }
    }
  }

  private WireClient opened(WireClient client) {
    closers.push(client::close);
    return client;
  }

  private WireSocket opened(WireSocket socket) {
    closers.push(socket::close);
    return socket;
  }
}
