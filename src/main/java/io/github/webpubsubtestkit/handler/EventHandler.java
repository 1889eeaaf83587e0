package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.upstream.EventPattern;
import io.github.webpubsubtestkit.internal.upstream.SystemEvent;
import io.github.webpubsubtestkit.internal.upstream.UrlTemplate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event handler of a hub: the URL that the service calls, and the events it calls it for, as in
 * Azure's hub settings. Immutable.
 *
 * <pre>{@code
 * FakeWebPubSub.builder()
 *     .eventHandler("chat", EventHandler.url("http://localhost:8080/eventhandler/{event}"))
 *     .eventHandler("news", EventHandler.url(url).userEvents("publish,edit").systemEvents("connect"))
 * }</pre>
 *
 * <p>Before the first event the service validates the URL (abuse protection) by an {@code OPTIONS}
 * request, which must be answered with {@code WebHook-Allowed-Origin}.
 *
 * @since 0.1
 */
public final class EventHandler {

  private final UrlTemplate url;
  private final EventPattern userEvents;
  private final Set<SystemEvent> systemEvents;
  private final List<X509Certificate> trusted;

  private EventHandler(
      UrlTemplate url,
      EventPattern userEvents,
      Set<SystemEvent> systemEvents,
      List<X509Certificate> trusted) {
    this.url = url;
    this.userEvents = userEvents;
    this.systemEvents = systemEvents;
    this.trusted = trusted;
  }

  /**
   * Creates a handler of all events: every user event, and {@code connect}, {@code connected},
   * {@code disconnected}.
   *
   * @param template an absolute {@code http} or {@code https} URL; {@code {hub}} and {@code
   *     {event}} in its path or query are filled in for each call
   * @return a handler
   * @throws IllegalArgumentException if the URL is invalid; the message states the rule
   * @since 0.1
   */
  public static EventHandler url(String template) {
    notNull(template, "url", "template");
    return new EventHandler(
        UrlTemplate.parse(template),
        EventPattern.parse("*"),
        EnumSet.allOf(SystemEvent.class),
        List.of());
  }

  /**
   * Sets the user events it handles.
   *
   * @param pattern {@code *} for all, or comma-separated names, case-insensitive; empty or null for
   *     none
   * @return a new handler
   * @throws IllegalArgumentException if the pattern is invalid; Azure has no other wildcards
   * @since 0.1
   */
  public EventHandler userEvents(@Nullable String pattern) {
    return new EventHandler(url, EventPattern.parse(pattern), systemEvents, trusted);
  }

  /**
   * Sets the system events it handles.
   *
   * @param names any of {@code connect}, {@code connected} and {@code disconnected},
   *     case-insensitive; may be empty
   * @return a new handler
   * @throws IllegalArgumentException if a name is not a system event
   * @since 0.1
   */
  public EventHandler systemEvents(String... names) {
    noneNull(names, "systemEvents", "names");
    EnumSet<SystemEvent> events = EnumSet.noneOf(SystemEvent.class);
    Arrays.stream(names).map(SystemEvent::of).forEach(events::add);
    return new EventHandler(url, userEvents, events, trusted);
  }

  /**
   * Trusts certificates of an {@code https} URL, besides the kit's own and those that the JVM
   * trusts: of the application itself, or of the authority that issued its certificate.
   *
   * <pre>{@code
   * service.eventHandler("chat")
   *     .add(EventHandler.url("https://localhost:8443/eventhandler").trust(certificate));
   * }</pre>
   *
   * <p>Without it, a call fails at the certificate of an application that signed it itself, and the
   * timeline says so. The certificate must be valid today and name the host of the URL.
   *
   * @param certificates the certificates, in addition to those of an earlier call
   * @return a new handler
   * @throws IllegalStateException if the URL has not the scheme {@code https}, so that no
   *     certificate is shown
   * @since 0.1
   */
  public EventHandler trust(X509Certificate... certificates) {
    noneNull(certificates, "trust", "certificates");
    if (certificates.length > 0 && !url.isSecure()) {
      throw new IllegalStateException(
          "trust(..) is for https, but the URL of this handler is "
              + Secrets.mask(url.toString())
              + ", whose server shows no certificate: use https, or leave trust(..) out");
    }
    List<X509Certificate> all = new ArrayList<>(trusted);
    all.addAll(Arrays.asList(certificates));
    return new EventHandler(url, userEvents, systemEvents, List.copyOf(all));
  }

  List<X509Certificate> trusted() {
    return trusted;
  }

  UrlTemplate template() {
    return url;
  }

  EventPattern pattern() {
    return userEvents;
  }

  Set<SystemEvent> system() {
    return systemEvents;
  }

  /** Returns the URL template and the events. */
  @Override
  public String toString() {
    return Secrets.mask(url.toString())
        + ", user events "
        + userEvents
        + ", system events "
        + systemEvents.stream().map(SystemEvent::eventName).toList();
  }
}
