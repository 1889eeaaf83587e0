package io.github.webpubsubtestkit.internal.gateway;

import static java.util.Objects.requireNonNullElse;

import io.github.webpubsubtestkit.internal.hub.Caller;
import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.hub.NewConnection;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.ClientClaims;
import io.github.webpubsubtestkit.internal.token.InvalidTokenException;
import io.github.webpubsubtestkit.internal.token.PercentCoding;
import io.github.webpubsubtestkit.internal.token.TokenVerifier;
import io.github.webpubsubtestkit.internal.token.UrlQuery;
import io.github.webpubsubtestkit.internal.transport.HttpExchange;
import io.github.webpubsubtestkit.internal.transport.HttpHandler;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.wire.JsonServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Names;
import io.github.webpubsubtestkit.internal.wire.RawServiceCodec;
import io.github.webpubsubtestkit.internal.wire.ServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything below {@code /client}: checks a handshake in the order of client-protocols A.3 and
 * opens the session.
 */
public final class ClientEndpoint implements HttpHandler {

  private static final String HUB_PATH = "/client/hubs/";
  private static final String INVALID_GROUP = "The token contains an invalid group name.";
  private static final ClientClaims ANONYMOUS =
      new ClientClaims(null, List.of(), List.of(), Map.of());

  private final Hubs hubs;
  private final TokenVerifier tokens;
  private final GatewayOptions options;
  private final Sessions sessions;
  private final Timeline timeline;
  private final Consumer<Operation> observer;
  private final ServiceCodec jsonCodec;
  private final RawServiceCodec rawCodec = RawServiceCodec.sendEvent();

  /** An endpoint for the given hubs. */
  public ClientEndpoint(
      Hubs hubs,
      TokenVerifier tokens,
      GatewayOptions options,
      Sessions sessions,
      Timeline timeline,
      Consumer<Operation> observer) {
    this.hubs = hubs;
    this.tokens = tokens;
    this.options = options;
    this.sessions = sessions;
    this.timeline = timeline;
    this.observer = observer;
    this.jsonCodec = new JsonServiceCodec(options.nullFromUserId(), options.omitNullUserId());
  }

  /** Whether a path belongs to this endpoint. */
  public static boolean serves(String rawPath) {
    return rawPath.startsWith("/client");
  }

  @Override
  public void handle(HttpRequest request, HttpExchange exchange) {
    timeline.record("handshake", Direction.IN, describe(request));
    String hub = "";
    try {
      UrlQuery query = UrlQuery.parse(request.rawQuery());
      hub = hub(request, query);
      accept(hub, query, request, exchange);
    } catch (RefusedException e) {
      refuse(hub, request, exchange, e);
    }
  }

  private void accept(String hub, UrlQuery query, HttpRequest request, HttpExchange exchange)
      throws RefusedException {
    if (!exchange.isWebSocketUpgrade()) {
      throw new RefusedException(400, "", "not a WebSocket upgrade");
    }
    if (!Names.isHub(hub)) {
      throw new RefusedException(400, "", "'" + hub + "' is no valid hub name");
    }
    List<String> offered = request.headers().listed("Sec-WebSocket-Protocol");
    if (query.last("awps_connection_id") != null) {
      refuseRecovery(offered, exchange);
      return;
    }
    ClientClaims claims = claims(hub, query, request);
    if (!claims.groups().stream().allMatch(Names::isGroup)) {
      throw new RefusedException(400, INVALID_GROUP);
    }
    RawServiceCodec raw = RawMode.codec(query, rawCodec);
    String selected = firstPredefined(offered).orElse(null);
    Subprotocol protocol =
        selected == null
            ? Subprotocol.RAW
            : Subprotocol.predefined(selected).orElse(Subprotocol.RAW);
    ServiceCodec codec = codec(protocol, raw);
    NewConnection connection =
        new NewConnection(claims.userId(), claims.roles(), claims.groups(), protocol, codec);
    exchange.upgrade(
        selected,
        socket -> {
          ClientSession session =
              ClientSession.open(hubs.hub(hub), connection, socket, sessions, timeline);
          observer.accept(
              operation(
                  "connect", hub, claims.userId(), session.connectionId(), request, "101", true));
          return session;
        });
  }

  /** The hub by path, percent-decoded, or by query (client-protocols A.1). */
  private static String hub(HttpRequest request, UrlQuery query) throws RefusedException {
    String path = request.rawPath();
    if (path.startsWith(HUB_PATH)) {
      String segment = path.substring(HUB_PATH.length());
      if (segment.indexOf('/') < 0) {
        return PercentCoding.decode(segment);
      }
    } else if (path.equals("/client") || path.equals("/client/")) {
      return requireNonNullElse(query.last("hub"), "");
    }
    throw new RefusedException(
        404, "", "no endpoint at " + path + "; clients connect to /client/hubs/{hub}");
  }

  private ClientClaims claims(String hub, UrlQuery query, HttpRequest request)
      throws RefusedException {
    String token =
        Optional.ofNullable(query.last("access_token")).or(() -> bearer(request)).orElse(null);
    if (token == null) {
      if (options.anonymousAllowed()) {
        return ANONYMOUS;
      }
      throw new RefusedException(
          401, "", "neither an access_token in the query nor an Authorization: Bearer header");
    }
    try {
      return tokens.verifyClient(token, hub, request.headers().first("Host").orElse(null));
    } catch (InvalidTokenException e) {
      throw new RefusedException(401, "", e.description());
    }
  }

  private static Optional<String> bearer(HttpRequest request) {
    return request
        .headers()
        .first("Authorization")
        .map(String::trim)
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("bearer "))
        .map(value -> value.substring("bearer ".length()).trim())
        .filter(token -> !token.isEmpty());
  }

  /**
   * The first offered subprotocol that is predefined, in the client's spelling (client-protocols
   * A.4).
   */
  private static Optional<String> firstPredefined(List<String> offered) {
    return offered.stream().filter(each -> Subprotocol.predefined(each).isPresent()).findFirst();
  }

  private ServiceCodec codec(Subprotocol protocol, RawServiceCodec raw) throws RefusedException {
    return switch (protocol) {
      case RAW -> raw;
      case JSON -> jsonCodec;
      case JSON_RELIABLE, PROTOBUF, PROTOBUF_RELIABLE ->
          throw new RefusedException(
              501,
              "This version of webpubsub-testkit does not speak "
                  + protocol.wireName()
                  + " yet. Offer "
                  + Subprotocol.JSON.wireName()
                  + " or no subprotocol.");
    };
  }

  /** No connection here can be recovered: 101, then close 1008 (client-protocols F.4). */
  private void refuseRecovery(List<String> offered, HttpExchange exchange) {
    timeline.record("handshake", Direction.NOTE, "recovery refused: no such connection");
    exchange.upgrade(firstPredefined(offered).orElse(null), RefusedRecovery::new);
  }

  private void refuse(
      String hub, HttpRequest request, HttpExchange exchange, RefusedException refusal) {
    timeline.record(
        "handshake",
        Direction.OUT,
        refusal.status() + (refusal.reason().isEmpty() ? "" : " " + refusal.reason()));
    observer.accept(
        operation(
            "rejectedHandshake",
            hub,
            null,
            null,
            request,
            refusal.status() + " " + refusal.reason(),
            false));
    exchange.respond(
        refusal.body().isEmpty()
            ? HttpResponse.of(refusal.status())
            : HttpResponse.of(
                refusal.status(),
                "text/plain; charset=utf-8",
                refusal.body().getBytes(StandardCharsets.UTF_8)));
  }

  private Operation operation(
      String name,
      String hub,
      @Nullable String userId,
      @Nullable String connectionId,
      HttpRequest request,
      String outcome,
      boolean successful) {
    return new Operation(
        name,
        Caller.CLIENT,
        hub.toLowerCase(Locale.ROOT),
        userId,
        connectionId,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        describe(request),
        outcome,
        successful,
        timeline.now());
  }

  private static String describe(HttpRequest request) {
    List<String> offered = request.headers().listed("Sec-WebSocket-Protocol");
    return request.method()
        + " "
        + Secrets.mask(request.target())
        + (offered.isEmpty() ? "" : "  offers " + String.join(", ", offered));
  }
}
