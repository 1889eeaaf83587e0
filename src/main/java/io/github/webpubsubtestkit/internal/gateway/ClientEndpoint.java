package io.github.webpubsubtestkit.internal.gateway;

import static java.util.Objects.requireNonNullElse;

import io.github.webpubsubtestkit.internal.hub.Caller;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Accepted;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Rejected;
import io.github.webpubsubtestkit.internal.hub.Connection;
import io.github.webpubsubtestkit.internal.hub.ConnectionEvents;
import io.github.webpubsubtestkit.internal.hub.ConnectionLifecycle;
import io.github.webpubsubtestkit.internal.hub.DataPlane;
import io.github.webpubsubtestkit.internal.hub.Deviation;
import io.github.webpubsubtestkit.internal.hub.EventSink;
import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.hub.NewConnection;
import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation.Result;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Kind;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.BearerToken;
import io.github.webpubsubtestkit.internal.token.ClientClaims;
import io.github.webpubsubtestkit.internal.token.InvalidTokenException;
import io.github.webpubsubtestkit.internal.token.PercentCoding;
import io.github.webpubsubtestkit.internal.token.TokenVerifier;
import io.github.webpubsubtestkit.internal.token.UrlQuery;
import io.github.webpubsubtestkit.internal.transport.HttpExchange;
import io.github.webpubsubtestkit.internal.transport.HttpHandler;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.wire.Codecs;
import io.github.webpubsubtestkit.internal.wire.Names;
import io.github.webpubsubtestkit.internal.wire.RawServiceCodec;
import io.github.webpubsubtestkit.internal.wire.ServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything below {@code /client}: checks a handshake in the order of client-protocols A.3 and
 * opens the session.
 */
public final class ClientEndpoint implements HttpHandler {

  /** The reason with which a client that does not read is closed (client-protocols D10). */
  public static final String QUEUE_FULL = ClientSession.QUEUE_FULL;

  private static final String HUB_PATH = "/client/hubs/";
  private static final String INVALID_GROUP = "The token contains an invalid group name.";

  private final Hubs hubs;
  private final HandshakeFaults faults;
  private final EventSink handlers;
  private final TokenVerifier tokens;
  private final Options options;
  private final Timeline timeline;
  private final Consumer<RecordedOperation> observer;
  private final ClientSession.SessionContext context;
  private final Refusals refusals = new Refusals();
  private final Codecs codecs;

  /**
   * An endpoint for the hubs of a data plane, which asks the given handlers about each new client.
   *
   * @param dataPlane may have a fault for a handshake
   */
  public ClientEndpoint(
      DataPlane dataPlane,
      EventSink handlers,
      TokenVerifier tokens,
      Options options,
      Sessions sessions,
      Timeline timeline,
      Consumer<RecordedOperation> observer) {
    this.hubs = dataPlane.hubs();
    this.faults = new HandshakeFaults(dataPlane, timeline, observer);
    this.handlers = handlers;
    this.tokens = tokens;
    this.options = options;
    this.timeline = timeline;
    this.observer = observer;
    this.context = new ClientSession.SessionContext(sessions, timeline, hubs.limits(), options);
    this.codecs = new Codecs(options);
  }

  /** The latest refused handshakes. */
  public Refusals refusals() {
    return refusals;
  }

  /** Returns whether a path belongs to this endpoint. */
  public static boolean serves(String rawPath) {
    return rawPath.startsWith("/client");
  }

  @Override
  public void handle(HttpRequest request, HttpExchange exchange) {
    Handshake handshake = Handshake.of(request, exchange);
    timeline.record(Kind.HANDSHAKE, "handshake", Direction.IN, handshake.line());
    String hub = "";
    try {
      UrlQuery query = UrlQuery.parse(request.rawQuery());
      hub = hub(request, query);
      accept(hub, query, handshake);
    } catch (RefusedException e) {
      refuse(hub, handshake, e);
    }
  }

  private void accept(String hub, UrlQuery query, Handshake handshake) throws RefusedException {
    if (!handshake.exchange().isWebSocketUpgrade()) {
      throw new RefusedException(400, "", "not a WebSocket upgrade");
    }
    if (!Names.isHub(hub)) {
      throw new RefusedException(400, "", "'" + hub + "' is no valid hub name");
    }
    if (RecoveryEndpoint.isAskedFor(query)) {
      new RecoveryEndpoint(hubs, tokens, context, timeline)
          .handle(hub, query, handshake, new RecoveryOutcome(hub, handshake));
      return;
    }
    ClientClaims claims = claims(hub, query, handshake.request());
    if (!claims.groups().stream().allMatch(Names::isGroup)) {
      throw new RefusedException(400, INVALID_GROUP);
    }
    RawServiceCodec raw = RawMode.codec(query);
    String user = emptyToNull(claims.userId());
    faults.orProceed(
        () -> operation(Operation.CONNECT, hub, user, null, handshake, Result.done("101", 1)),
        handshake,
        how -> ask(hub, query, claims, raw, handshake, how));
  }

  /** Asks the application, if it wants to be asked. */
  private void ask(
      String hub,
      UrlQuery query,
      ClientClaims claims,
      RawServiceCodec raw,
      Handshake handshake,
      Deviation how) {
    String id = ConnectionLifecycle.newConnectionId();
    ConnectionEvents events =
        handlers.open(hub.toLowerCase(Locale.ROOT), id, emptyToNull(claims.userId()));
    Candidate candidate = new Candidate(hub, id, events, claims, raw, handshake, how);
    if (events.asksConnect()) {
      events.connect(
          ConnectRequests.of(claims, query, handshake), outcome -> answered(candidate, outcome));
    } else {
      admitOrRefuse(candidate, Accepted.AS_THE_TOKEN_SAYS);
    }
  }

  /** Puts a recovery on record, and faults before it. */
  private final class RecoveryOutcome implements RecoveryEndpoint.Outcome {

    private final String hub;
    private final Handshake handshake;

    RecoveryOutcome(String hub, Handshake handshake) {
      this.hub = hub;
      this.handshake = handshake;
    }

    @Override
    public void checked(Connection connection, Consumer<Deviation> proceed) {
      faults.orProceed(() -> recovery(connection, Result.done("101", 1)), handshake, proceed);
    }

    @Override
    public void completed(@Nullable Connection connection, String outcome, boolean successful) {
      observer.accept(
          recovery(connection, successful ? Result.done(outcome, 1) : Result.refused(outcome)));
    }

    private RecordedOperation recovery(@Nullable Connection connection, Result result) {
      return operation(
          Operation.RECOVER,
          hub,
          connection == null ? null : connection.userId(),
          connection == null ? null : connection.id(),
          handshake,
          result);
    }
  }

  /**
   * A client that has passed all checks of its own.
   *
   * @param raw the codec of its frames if no predefined subprotocol is selected
   * @param how what a fault makes different
   */
  private record Candidate(
      String hub,
      String id,
      ConnectionEvents events,
      ClientClaims claims,
      RawServiceCodec raw,
      Handshake handshake,
      Deviation how) {}

  private static @Nullable String emptyToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  // ---- the application's decision (client-protocols A.5)

  /** Called from any thread. */
  private void answered(Candidate candidate, ConnectOutcome outcome) {
    Handshake handshake = candidate.handshake();
    if (handshake.exchange().isAbandoned()) {
      timeline.record(
          Kind.HANDSHAKE,
          "handshake",
          Direction.NOTE,
          "the client has gone before the connect event was answered");
      handshake.exchange().respond(HttpResponse.of(499)); // it is not visible anywhere
      return;
    }
    outcome.match(
        accepted -> admitOrRefuse(candidate, accepted), rejected -> refuse(candidate, rejected));
  }

  private void admitOrRefuse(Candidate candidate, Accepted accepted) {
    try {
      admit(candidate, accepted);
    } catch (RefusedException e) {
      refuse(candidate.hub(), candidate.handshake(), e);
    }
  }

  private void refuse(Candidate candidate, Rejected rejected) {
    refuse(
        candidate.hub(),
        candidate.handshake(),
        new RefusedException(
            rejected.status(), "", "the connect event was answered: " + rejected.detail()),
        new HttpResponse(
            rejected.status(),
            rejected.contentType() == null
                ? HttpHeaders.none()
                : HttpHeaders.of("Content-Type", rejected.contentType()),
            rejected.body()));
  }

  private void admit(Candidate candidate, Accepted accepted) throws RefusedException {
    Handshake handshake = candidate.handshake();
    ClientClaims claims = candidate.claims();
    String userId = accepted.userId() == null ? claims.userId() : accepted.userId();
    String selected =
        accepted.subprotocol() == null
            ? handshake.firstPredefined().orElse(null)
            : accepted.subprotocol();
    Subprotocol protocol =
        selected == null
            ? Subprotocol.RAW
            : Subprotocol.predefined(selected).orElse(Subprotocol.RAW);
    NewConnection connection =
        new NewConnection(
            candidate.id(),
            candidate.events(),
            userId,
            accepted.roles() == null ? claims.roles() : accepted.roles(),
            accepted.groups() == null ? claims.groups() : accepted.groups(),
            selected,
            protocol,
            codec(protocol, candidate.raw()));
    handshake
        .exchange()
        .upgrade(
            candidate.how().subprotocol(selected),
            socket -> {
              ClientSession session =
                  ClientSession.open(
                      hubs.hub(candidate.hub()).lifecycle(),
                      connection,
                      socket,
                      context,
                      candidate.how());
              observer.accept(
                  operation(
                      Operation.CONNECT,
                      candidate.hub(),
                      userId,
                      session.connectionId(),
                      new HandshakeDetails(
                          handshake.line(),
                          handshake.offered(),
                          Set.copyOf(connection.groups()),
                          selected == null ? "" : selected),
                      Result.done("101", 1)));
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
    String token = token(query, request);
    if (token == null) {
      if (options.isOn(Option.ANONYMOUS_ALLOWED)) {
        return ClientClaims.anonymous();
      }
      throw new RefusedException(
          401,
          "",
          "no token: neither an access_token in the query nor a bearer token in the Authorization"
              + " header");
    }
    try {
      return tokens.verifyClient(token, hub, request.headers().first("Host").orElse(null));
    } catch (InvalidTokenException e) {
      throw new RefusedException(401, "", e.description());
    }
  }

  private static @Nullable String token(UrlQuery query, HttpRequest request) {
    return Optional.ofNullable(query.last("access_token")).or(() -> bearer(request)).orElse(null);
  }

  private static Optional<String> bearer(HttpRequest request) {
    return request
        .headers()
        .first("Authorization")
        .map(BearerToken::in)
        .filter(token -> !token.isEmpty());
  }

  private ServiceCodec codec(Subprotocol protocol, RawServiceCodec raw) throws RefusedException {
    Optional<String> missing = Codecs.missing(protocol);
    if (missing.isPresent()) {
      throw new RefusedException(501, protocol.wireName() + " " + missing.get() + ".");
    }
    return codecs.ofService(protocol, raw);
  }

  private void refuse(String hub, Handshake handshake, RefusedException refusal) {
    refuse(
        hub,
        handshake,
        refusal,
        refusal.body().isEmpty()
            ? HttpResponse.of(refusal.status())
            : HttpResponse.of(
                refusal.status(),
                "text/plain; charset=utf-8",
                refusal.body().getBytes(StandardCharsets.UTF_8)));
  }

  private void refuse(
      String hub, Handshake handshake, RefusedException refusal, HttpResponse response) {
    timeline.record(
        Kind.HANDSHAKE,
        "handshake",
        Direction.OUT,
        refusal.status() + (refusal.reason().isEmpty() ? "" : " " + refusal.reason()));
    HttpRequest request = handshake.request();
    refusals.add(
        request.target(),
        refusal.reason(),
        requireNonNullElse(token(UrlQuery.parse(request.rawQuery()), request), ""));
    observer.accept(
        operation(
            Operation.REJECTED_HANDSHAKE,
            hub,
            null,
            null,
            handshake,
            Result.refused(refusal.status() + " " + refusal.reason())));
    handshake.exchange().respond(response);
  }

  private RecordedOperation operation(
      Operation operation,
      String hub,
      @Nullable String userId,
      @Nullable String connectionId,
      Handshake handshake,
      Result result) {
    // the record must not keep the request and its socket in memory
    return operation(operation, hub, userId, connectionId, HandshakeDetails.of(handshake), result);
  }

  private RecordedOperation operation(
      Operation operation,
      String hub,
      @Nullable String userId,
      @Nullable String connectionId,
      HandshakeDetails details,
      Result result) {
    return new RecordedOperation(
        operation,
        Caller.client(userId, connectionId),
        hub.toLowerCase(Locale.ROOT),
        details,
        result,
        timeline.now());
  }
}
