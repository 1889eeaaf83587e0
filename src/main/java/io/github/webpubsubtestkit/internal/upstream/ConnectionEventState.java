package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.hub.ConnectOutcome;
import io.github.webpubsubtestkit.internal.hub.ConnectOutcome.Rejected;
import io.github.webpubsubtestkit.internal.hub.ConnectRequest;
import io.github.webpubsubtestkit.internal.hub.ConnectionEvents;
import io.github.webpubsubtestkit.internal.hub.EventOutcome;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Failed;
import io.github.webpubsubtestkit.internal.hub.EventOutcome.Taken;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.token.WebhookSignatures.Signature;
import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Failure;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Kind;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of one logical connection and what the application has left there: its state and its
 * cookies. Most connections have no handler, so this is 40 bytes small until there is something to
 * remember.
 */
final class ConnectionEventState implements ConnectionEvents {

  private static final String SET_COOKIE = "Set-Cookie";

  private static final String NO_MEMORY = "there was no memory for the answer";
  private static final EventOutcome NO_MEMORY_FOR_THE_EVENT = new Failed(NO_MEMORY);
  private static final ConnectOutcome NO_MEMORY_TO_CONNECT =
      new Rejected(500, new byte[0], null, NO_MEMORY);

  private static final int CONNECT_ID = 0;
  private static final int CONNECTED_ID = 1;
  private static final int FIRST_USER_EVENT_ID = 2;

  /** State that only few connections have. */
  private static final class Memory {
    @Nullable String subprotocol; // if it is not the name of the protocol
    @Nullable String state;
    @Nullable CookieJar cookies;
    @Nullable Signature signature; // of its connection id, so the same for all events
    @Nullable EventDispatch userEvent; // that is under way
  }

  private final HubHandlers hub;
  private final String connectionId;

  // guarded by this
  private @Nullable String userId;
  private @Nullable String label;
  private Subprotocol protocol = Subprotocol.RAW;
  private int nextId = FIRST_USER_EVENT_ID;
  private @Nullable Memory memory;

  ConnectionEventState(HubHandlers hub, String connectionId, @Nullable String userId) {
    this.hub = hub;
    this.connectionId = connectionId;
    this.userId = userId;
  }

  @Override
  public boolean asksConnect() {
    return hub.of(SystemEvent.CONNECT) != null;
  }

  @Override
  public void connect(ConnectRequest request, Consumer<ConnectOutcome> then) {
    Handler handler = hub.of(SystemEvent.CONNECT);
    if (handler == null) { // taken away since somebody looked
      then.accept(ConnectOutcome.Accepted.AS_THE_TOKEN_SAYS);
      return;
    }
    boolean forwardBody = hub.context().options().isOn(Option.FORWARD_CONNECT_ERROR_BODY);
    byte[] body = EventBodies.connect(request);
    raise(
        handler,
        CloudEvent.system(SystemEvent.CONNECT, CONNECT_ID, body),
        (reply, title) -> {
          ConnectOutcome outcome = connectOutcome(reply, title, request, forwardBody);
          try {
            if (outcome instanceof ConnectOutcome.Accepted) {
              learnState(reply);
            }
          } finally {
            then.accept(outcome);
          }
        });
  }

  /** Without memory for the answer there is still one, as whoever asked cannot wait for ever. */
  private ConnectOutcome connectOutcome(
      Reply reply, String title, ConnectRequest request, boolean forwardBody) {
    try {
      ConnectOutcome outcome = ConnectResponse.outcome(reply, request.subprotocols(), forwardBody);
      if (outcome instanceof Rejected rejected) {
        String detail = rejected.detail() + said(reply);
        note(reply, title + " refused with " + rejected.status() + ": " + detail);
        return new Rejected(rejected.status(), rejected.body(), rejected.contentType(), detail);
      }
      return outcome;
    } catch (OutOfMemoryError e) {
      return NO_MEMORY_TO_CONNECT;
    }
  }

  @Override
  public void registered(
      String name, @Nullable String user, @Nullable String subprotocol, Subprotocol spoken) {
    Handler handler = hub.of(SystemEvent.CONNECTED);
    synchronized (this) {
      label = name;
      userId = user;
      protocol = spoken;
      if (subprotocol != null && !subprotocol.equals(spoken.wireName())) {
        remembering().subprotocol = subprotocol;
      }
    }
    if (handler != null) {
      byte[] body = EventBodies.connected();
      notify(handler, CloudEvent.system(SystemEvent.CONNECTED, CONNECTED_ID, body));
    }
  }

  @Override
  public void userEvent(Event event, Consumer<EventOutcome> then) {
    int id;
    Subprotocol spoken;
    synchronized (this) {
      id = nextId++;
      spoken = protocol;
    }
    Handler handler = hub.ofUserEvent(event.event());
    if (handler == null) {
      then.accept(hub.isListening() ? Taken.WITHOUT_REPLY : new Failed(nobodyTakes(event.event())));
      return;
    }
    raise(
        handler,
        CloudEvent.user(event, id),
        (reply, title) -> {
          EventOutcome outcome = eventOutcome(reply, title, spoken);
          try {
            userEventIsOver(reply, outcome);
          } finally {
            then.accept(outcome); // whatever fails, somebody waits for this
          }
        });
  }

  private synchronized boolean isSimple() {
    return protocol == Subprotocol.RAW;
  }

  /** Records that no handler takes an event: nothing else tells a test why it was refused. */
  private String nobodyTakes(String event) {
    String text =
        "no handler of hub \""
            + hub.hub()
            + "\" takes event \""
            + event
            + "\""
            + (isSimple() ? " (each frame of a client without subprotocol is one)" : "")
            + hub.otherHandlers()
            + ". See service.eventHandler(..), service.recordEvents()";
    hub.context().recordFailure(hub.hub(), text);
    return text;
  }

  /** An answer that cannot be passed on leaves no state either (event-handlers 7.2). */
  private void userEventIsOver(Reply reply, EventOutcome outcome) {
    synchronized (this) {
      remembering().userEvent = null;
    }
    if (outcome.failure() == null) {
      learnState(reply);
    }
  }

  @Override
  public void abandonUserEvent() {
    EventDispatch underWay;
    synchronized (this) {
      underWay = memory == null ? null : memory.userEvent;
    }
    if (underWay != null) {
      underWay.abandon();
    }
  }

  private EventOutcome eventOutcome(Reply reply, String title, Subprotocol spoken) {
    try {
      EventOutcome outcome = EventResponse.outcome(reply, spoken);
      String failure = outcome.failure();
      if (failure != null) {
        String whole = failure + said(reply);
        note(reply, title + " failed: " + whole);
        return new Failed(whole);
      }
      return outcome;
    } catch (OutOfMemoryError e) {
      return NO_MEMORY_FOR_THE_EVENT;
    }
  }

  @Override
  public void disconnected(String reason) {
    int id;
    synchronized (this) {
      id = nextId++;
    }
    Handler handler = hub.of(SystemEvent.DISCONNECTED);
    if (handler != null) {
      byte[] body = EventBodies.disconnected(reason);
      notify(handler, CloudEvent.system(SystemEvent.DISCONNECTED, id, body));
    }
  }

  /** An event whose answer changes nothing (event-handlers 6). */
  private void notify(Handler handler, CloudEvent event) {
    raise(
        handler,
        event,
        (reply, title) -> {
          if (reply.success() == null) {
            note(reply, title + " failed: " + reply.describe() + said(reply));
          }
        });
  }

  /** What the application said beside a status that is no success. */
  private String said(Reply reply) {
    return reply.said(hub.context().timeline().display());
  }

  private void note(Reply reply, String text) {
    if (!reply.isClosed()) {
      hub.context().recordFailure(hub.hub(), text);
    }
  }

  /** Takes the reply to an event. */
  @FunctionalInterface
  private interface ReplyListener {
    void onReply(Reply reply, String title);
  }

  private void raise(Handler handler, CloudEvent event, ReplyListener then) {
    URI url = handler.url().resolve(hub.hub(), event.name());
    UpstreamRequest request;
    String title;
    String fault = null;
    synchronized (this) {
      title = event.title(name());
      try {
        request = request(url, event);
        fault = EventHeaders.fault(request.headers());
      } catch (RuntimeException e) { // a failing key or clock is no reason to harm the hub
        request = new UpstreamRequest("POST", url, HttpHeaders.none(), event.body());
        fault = e.toString();
      }
    }
    if (fault != null) {
      String problem = "the request could not be made: " + fault;
      then.onReply(new Reply(request, new Failure(Kind.LOCAL, problem), 0), title);
      return;
    }
    EventDispatch dispatch =
        new EventDispatch(
            hub.context(),
            hub.validations(),
            handler,
            hub.hub(),
            title,
            request,
            reply -> {
              try {
                learnCookies(reply, title);
              } finally {
                then.onReply(reply, title); // whatever fails, somebody waits for this
              }
            });
    if (event.user()) {
      synchronized (this) {
        remembering().userEvent = dispatch;
      }
    }
    dispatch.start();
  }

  // ---- with the lock held

  private UpstreamRequest request(URI url, CloudEvent event) {
    Memory left = remembering();
    CookieJar cookies = left.cookies;
    Signature signature = hub.context().signatures().of(connectionId, left.signature);
    left.signature = signature;
    EventHeaders headers =
        new EventHeaders(hub.context(), hub.hub(), connectionId, signature.value(), event)
            .userId(userId)
            .subprotocol(subprotocol())
            .state(left.state)
            .cookies(
                cookies == null ? null : cookies.header(url, hub.context().timers().instant()));
    return new UpstreamRequest("POST", url, headers.toHeaders(), event.body());
  }

  private @Nullable String subprotocol() {
    Memory left = memory;
    if (left != null && left.subprotocol != null) {
      return left.subprotocol;
    }
    return protocol == Subprotocol.RAW ? null : protocol.wireName();
  }

  private String name() {
    String known = label;
    String user = userId;
    if (known != null) {
      return known;
    }
    return user == null || user.isEmpty() ? connectionId : user + " (" + connectionId + ")";
  }

  private Memory remembering() {
    Memory left = memory;
    if (left == null) {
      left = new Memory();
      memory = left;
    }
    return left;
  }

  // ---- without

  /** The state of an answer that was taken, unless it would keep all later events back. */
  private void learnState(Reply reply) {
    HttpResponse success = reply.success();
    if (success == null || EventHeaders.faultOfState(success.headers()) != null) {
      return;
    }
    String state = EventHeaders.state(success.headers());
    if (state != null) {
      synchronized (this) {
        remembering().state = state;
      }
    }
  }

  /** Every answer of success leaves its cookies (event-handlers 4.4), but for unsendable ones. */
  private void learnCookies(Reply reply, String title) {
    HttpResponse success = reply.success();
    if (success == null) {
      return;
    }
    List<String> cookies = cookies(reply, success.headers(), title);
    if (cookies.isEmpty()) {
      return;
    }
    synchronized (this) {
      Memory kept = remembering();
      CookieJar jar = kept.cookies;
      if (jar == null) {
        jar = new CookieJar();
        kept.cookies = jar;
      }
      jar.store(reply.request().uri(), cookies, hub.context().timers().instant());
    }
  }

  private List<String> cookies(Reply reply, HttpHeaders answer, String title) {
    List<String> lines = answer.all(SET_COOKIE);
    if (lines.isEmpty()) {
      return lines;
    }
    List<String> sendable = new ArrayList<>();
    for (String line : lines) {
      String fault = EventHeaders.fault(SET_COOKIE, line);
      if (fault == null) {
        sendable.add(line);
      } else {
        note(reply, title + ": a cookie was ignored, as " + fault);
      }
    }
    return sendable;
  }
}
