package io.github.webpubsubtestkit.internal.engine;

import io.github.webpubsubtestkit.internal.gateway.ClientEndpoint;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import io.github.webpubsubtestkit.internal.transport.HttpExchange;
import io.github.webpubsubtestkit.internal.transport.HttpHandler;
import io.github.webpubsubtestkit.internal.transport.HttpListener;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.TransportLimits;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The port of a fake and the thread that serves it: what remains when the fake is reset, while
 * everything behind it begins anew.
 */
final class Door {

  private final int number;
  private final EngineConfig config;
  private final TransportLoop loop;
  private final LoopTimers realTime;
  private volatile @Nullable Engine behind;
  private volatile @Nullable URI endpoint;
  private volatile @Nullable String nearestAuthority;
  private volatile @Nullable String hostNote;

  /**
   * A door that is not open yet.
   *
   * @param number the number of the fake in this JVM
   */
  Door(int number, EngineConfig config, TransportLoop loop, LoopTimers realTime) {
    this.number = number;
    this.config = config;
    this.loop = loop;
    this.realTime = realTime;
  }

  /**
   * Opens the port.
   *
   * @throws IOException if the address cannot be bound
   */
  void open(Engine first) throws IOException {
    behind = first;
    TlsIdentity identity = config.identity();
    loop.trust(config::trust);
    loop.onReport(failure -> engine().timeline().incidents().addOfKit(failure));
    InetSocketAddress bound =
        HttpListener.listen(
            loop,
            new InetSocketAddress(InetAddress.getByName(config.host()), config.port()),
            limits(config.options()),
            new CurrentTimers(),
            identity == null ? null : identity.context(),
            new Guests());
    PublishedHost host = PublishedHost.of(config.host(), PublishedHost::interfacesOfThisMachine);
    hostNote = host.note();
    nearestAuthority = authority(host.nearest(), bound.getPort());
    endpoint =
        URI.create(
            (identity == null ? "http://" : "https://") + authority(host.name(), bound.getPort()));
  }

  /** Loop thread only: lets another engine serve whoever comes from now on. */
  void leadTo(Engine next) {
    behind = next;
  }

  private Engine engine() {
    return known(behind);
  }

  int number() {
    return number;
  }

  EngineConfig config() {
    return config;
  }

  TransportLoop loop() {
    return loop;
  }

  LoopTimers realTime() {
    return realTime;
  }

  URI endpoint() {
    return known(endpoint);
  }

  String nearestAuthority() {
    return known(nearestAuthority);
  }

  @Nullable String hostNote() {
    return hostNote;
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the port is not open yet");
    }
    return value;
  }

  private static TransportLimits limits(Options options) {
    TransportLimits service = TransportLimits.ofService();
    return new TransportLimits(
        service.maxHeadBytes(),
        service.maxBodyBytes(),
        service.maxMessageBytes(),
        options.get(Setting.MAX_QUEUED_MESSAGES),
        options.get(Setting.MAX_QUEUED_BYTES),
        service.requestTimeout(),
        service.closeTimeout(),
        service.maxConnections(),
        options.get(Setting.FRAGMENT_OUTGOING_ABOVE),
        options.isOn(Option.CLOSE_ON_OVERFLOW) ? ClientEndpoint.QUEUE_FULL : null);
  }

  private static String authority(String host, int port) {
    boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (bareIpv6 ? "[" + host + "]" : host) + ":" + port;
  }

  /** Passes whoever comes to whatever is behind the door. */
  private final class Guests implements HttpHandler {

    @Override
    public void handle(HttpRequest request, HttpExchange exchange) {
      engine().handle(request, exchange);
    }

    @Override
    public void onUnreadable(String peer, String reason) {
      engine().noteUnreadable(peer, reason);
    }
  }

  /** The time of whatever is behind the door. */
  private final class CurrentTimers implements Timers {

    @Override
    public Instant instant() {
      return engine().timers().instant();
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
      return engine().timers().schedule(delay, task);
    }

    @Override
    public Scheduled deadline(Duration delay, Runnable task) {
      return engine().timers().deadline(delay, task);
    }
  }
}
