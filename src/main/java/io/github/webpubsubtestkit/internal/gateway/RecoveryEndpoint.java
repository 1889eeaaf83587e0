package io.github.webpubsubtestkit.internal.gateway;

import static java.util.Objects.requireNonNullElse;

import io.github.webpubsubtestkit.internal.hub.Connection;
import io.github.webpubsubtestkit.internal.hub.ConnectionLifecycle;
import io.github.webpubsubtestkit.internal.hub.Deviation;
import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Kind;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.InvalidTokenException;
import io.github.webpubsubtestkit.internal.token.TokenVerifier;
import io.github.webpubsubtestkit.internal.token.UrlQuery;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.transport.WebSocketHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Handles handshakes that ask for a recovery (client-protocols F.4). All are answered with 101; if
 * the recovery is impossible, the socket is then closed with 1008. Only the reconnection token is
 * checked.
 */
final class RecoveryEndpoint {

  private static final String CONNECTION_ID = "awps_connection_id";
  private static final String TOKEN = "awps_reconnection_token";

  private final Hubs hubs;
  private final TokenVerifier tokens;
  private final ClientSession.SessionContext context;
  private final Timeline timeline;

  RecoveryEndpoint(
      Hubs hubs, TokenVerifier tokens, ClientSession.SessionContext context, Timeline timeline) {
    this.hubs = hubs;
    this.tokens = tokens;
    this.context = context;
    this.timeline = timeline;
  }

  /** Who hears of a recovery. */
  interface Outcome {

    /**
     * Everything is right with it.
     *
     * @param proceed recovers the connection; called once, at once or later, or not at all
     */
    void checked(Connection connection, Consumer<Deviation> proceed);

    /**
     * Told once.
     *
     * @param connection the connection; null if the id is unknown
     */
    void completed(@Nullable Connection connection, String outcome, boolean successful);
  }

  /** Returns whether a handshake asks for a recovery: an empty id counts as none. */
  static boolean isAskedFor(UrlQuery query) {
    return query.last(CONNECTION_ID) != null;
  }

  void handle(String hub, UrlQuery query, Handshake handshake, Outcome outcome) {
    String id = requireNonNullElse(query.last(CONNECTION_ID), "");
    ConnectionLifecycle lifecycle = hubs.hub(hub).lifecycle();
    Connection connection = lifecycle.recoverable(id).orElse(null);
    if (connection == null) {
      refuse(handshake, null, "no such reliable connection in hub " + hub, outcome);
      return;
    }
    try {
      check(query.last(TOKEN), id);
    } catch (InvalidTokenException e) {
      refuse(handshake, connection, e.description(), outcome);
      return;
    }
    outcome.checked(
        connection,
        how -> {
          if (how.is(Deviation.Kind.REFUSED)) {
            refuse(handshake, connection, "fault", outcome);
          } else {
            handshake
                .exchange()
                .upgrade(
                    how.subprotocol(handshake.spelled(connection.protocol())),
                    socket -> resume(lifecycle, connection, socket, outcome, how));
          }
        });
  }

  private void check(@Nullable String token, String id) throws InvalidTokenException {
    if (token == null) {
      throw new InvalidTokenException("There is no " + TOKEN);
    }
    tokens.verifyReconnection(token, id);
  }

  private WebSocketHandler resume(
      ConnectionLifecycle lifecycle,
      Connection connection,
      WebSocketConnection socket,
      Outcome outcome,
      Deviation how) {
    ClientSession session = ClientSession.recover(lifecycle, connection, socket, context, how);
    if (session == null) {
      note("the connection has just ended");
      outcome.completed(connection, "1008", false);
      return new RefusedRecovery(socket);
    }
    outcome.completed(connection, "101", true);
    return session;
  }

  private void refuse(
      Handshake handshake, @Nullable Connection connection, String reason, Outcome outcome) {
    note(reason);
    outcome.completed(connection, "1008 " + reason, false);
    handshake.exchange().upgrade(handshake.firstPredefined().orElse(null), RefusedRecovery::new);
  }

  private void note(String reason) {
    timeline.record(Kind.HANDSHAKE, "handshake", Direction.NOTE, "recovery refused: " + reason);
  }
}
