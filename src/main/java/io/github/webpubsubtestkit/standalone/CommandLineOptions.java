package io.github.webpubsubtestkit.standalone;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.upstream.EventPattern;
import io.github.webpubsubtestkit.internal.upstream.Handler;
import io.github.webpubsubtestkit.internal.upstream.HttpChannel;
import io.github.webpubsubtestkit.internal.upstream.SystemEvent;
import io.github.webpubsubtestkit.internal.upstream.UpstreamChannel;
import io.github.webpubsubtestkit.internal.upstream.UrlTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the command line and their validation. */
@Command(
    name = Main.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = false,
    abbreviateSynopsis = true,
    description = {
      "",
      "Serves a fake of Azure Web PubSub until it is stopped (Ctrl+C or SIGTERM).",
      "Prints a connection string for server SDKs and a client URL for each hub. For development"
          + " and tests only: it is neither persistent nor secure.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped (Ctrl+C or SIGTERM) and all connections closed, or help or version shown",
      "1:cannot serve",
      "2:bad option",
      "3:stopped, but not everything could be closed"
    })
final class CommandLineOptions {

  @Spec private @Nullable CommandSpec spec;

  private String host = "127.0.0.1";
  private int port = 8080;
  private @Nullable String accessKey;
  private @Nullable String secondaryAccessKey;
  private boolean https;
  private @Nullable Path keyStore;
  private @Nullable String keyStorePassword;
  private @Nullable Path certificateOut;
  private List<X509Certificate> trusted = List.of();
  private final List<String> warnings = new ArrayList<>();
  private boolean likeEmulator;
  private final ListedOptions listed = new ListedOptions();
  private List<String> hubs = List.of("hub");
  private final Map<String, List<UrlTemplate>> eventHandlers = new LinkedHashMap<>();
  private EventPattern userEvents = EventPattern.ALL;
  private Set<SystemEvent> systemEvents = EnumSet.allOf(SystemEvent.class);

  String host() {
    return host;
  }

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on. 0.0.0.0 means all addresses; the printed URLs then use one"
              + " that other machines can reach. Default: ${DEFAULT-VALUE}, this machine only")
  void setHost(String host) {
    this.host = host;
  }

  int port() {
    return port;
  }

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Port to listen on; 0 picks a free one. Default: ${DEFAULT-VALUE}")
  void setPort(int port) {
    this.port = port;
  }

  @Option(
      names = "--access-key",
      paramLabel = "KEY",
      description =
          "Access key that signs tokens, at least 32 bytes. Default: a random one per start")
  void setAccessKey(String accessKey) {
    this.accessKey = accessKey;
  }

  @Option(
      names = "--secondary-access-key",
      paramLabel = "KEY",
      description = "Second access key that also signs tokens. Default: none")
  void setSecondaryAccessKey(String secondaryAccessKey) {
    this.secondaryAccessKey = secondaryAccessKey;
  }

  @Option(
      names = "--https",
      description =
          "Serves TLS (https and wss) with the kit's certificate for localhost, 127.0.0.1 and ::1,"
              + " whose key is public. Default: plain HTTP")
  void setHttps(boolean https) {
    this.https = https;
  }

  @Option(
      names = "--key-store",
      paramLabel = "FILE",
      description = "Key store (PKCS#12 or JKS) for TLS with another certificate. Default: none")
  void setKeyStore(Path file) {
    keyStore = file;
  }

  @Option(
      names = "--key-store-password",
      paramLabel = "PASSWORD",
      description = "Password of --key-store. Default: empty")
  void setKeyStorePassword(String password) {
    keyStorePassword = password;
  }

  @Option(
      names = "--certificate-out",
      paramLabel = "FILE",
      description =
          "File to write the certificate to, as PEM, for NODE_EXTRA_CA_CERTS and the like."
              + " Default: none")
  void setCertificateOut(Path file) {
    certificateOut = file;
  }

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) that event handlers with https may show, besides the kit's and"
              + " those of known authorities. Default: none")
  void setTrusted(Path file) {
    checked("--trust", () -> trusted = TlsIdentity.certificates(file));
  }

  List<String> hubs() {
    return hubs;
  }

  @Option(
      names = "--hub",
      paramLabel = "HUB",
      defaultValue = "hub",
      description =
          "Hub to print a client URL for; repeatable. All hubs work without this option."
              + " Default: ${DEFAULT-VALUE}")
  void setHubs(List<String> hubs) {
    for (String hub : hubs) {
      if (!Engine.isHubName(hub)) {
        throw refusal(
            "--hub",
            "a hub's name must start with a letter, followed by at most 127 letters, digits and _ ` , . [ ] but"
                + " is '"
                + hub
                + "'");
      }
    }
    this.hubs = hubs.stream().distinct().toList();
  }

  @Option(
      names = "--event-handler",
      paramLabel = "HUB=URL_TEMPLATE",
      description =
          "URL that is called for the events of a hub, with {hub} and {event} filled in; may be"
              + " repeated. An event goes to the first that accepts it. Default: none")
  void setEventHandlers(List<String> given) {
    for (String each : given) {
      int equals = each.indexOf('=');
      if (equals < 0 || !Engine.isHubName(each.substring(0, equals))) {
        throw refusal("--event-handler", "must be HUB=URL but is '" + each + "'");
      }
      String hub = each.substring(0, equals).toLowerCase(Locale.ROOT);
      checked(
          "--event-handler",
          () ->
              eventHandlers
                  .computeIfAbsent(hub, name -> new ArrayList<>())
                  .add(UrlTemplate.parse(each.substring(equals + 1))));
    }
  }

  @Option(
      names = "--user-events",
      paramLabel = "PATTERN",
      defaultValue = "*",
      description =
          "User events sent to all event handlers: * for all, or comma-separated names."
              + " Default: ${DEFAULT-VALUE}")
  void setUserEvents(String pattern) {
    checked("--user-events", () -> userEvents = EventPattern.parse(pattern));
  }

  @Option(
      names = "--system-events",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "connect,connected,disconnected",
      description =
          "System events sent to all event handlers, comma-separated."
              + " Default: ${DEFAULT-VALUE}")
  void setSystemEvents(List<String> names) {
    Set<SystemEvent> events = EnumSet.noneOf(SystemEvent.class);
    for (String name : names) {
      if (!name.isBlank()) {
        checked("--system-events", () -> events.add(SystemEvent.of(name.strip())));
      }
    }
    systemEvents = events;
  }

  @Option(
      names = "--like-emulator",
      description =
          "Sets all options below to the values with which the fake behaves like Microsoft's"
              + " emulator; options given as well take precedence")
  void setLikeEmulator(boolean likeEmulator) {
    this.likeEmulator = likeEmulator;
  }

  /** A command line that takes these options and those of the kit's list. */
  CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(this);
    listed.addTo(commandLine.getCommandSpec());
    return commandLine;
  }

  /** The way to the event handlers. */
  UpstreamChannel channel(TransportLoop loop) {
    if (trusted.isEmpty()) {
      return new HttpChannel(loop);
    }
    SSLContext context = TlsIdentity.trusting(trusted);
    return new HttpChannel(loop, () -> context);
  }

  /** The event handlers of each hub. */
  Map<String, List<Handler>> eventHandlers(UpstreamChannel channel) {
    Map<String, List<Handler>> handlers = new LinkedHashMap<>();
    eventHandlers.forEach(
        (hub, urls) ->
            handlers.put(
                hub,
                urls.stream()
                    .map(url -> new Handler(url, userEvents, systemEvents, channel))
                    .toList()));
    return handlers;
  }

  /**
   * The engine's configuration from these options.
   *
   * @throws ParameterException if one of them is invalid
   */
  EngineConfig engineConfig() {
    EngineConfig.Builder config = EngineConfig.builder();
    checked("--host", () -> config.host(host));
    checked("--port", () -> config.port(port));
    String key = accessKey;
    if (key != null) {
      checked("--access-key", () -> config.accessKey(key));
    }
    String secondaryKey = secondaryAccessKey;
    if (secondaryKey != null) {
      checked("--secondary-access-key", () -> config.secondaryAccessKey(secondaryKey));
    }
    TlsIdentity identity = identity();
    config.identity(identity);
    Path out = certificateOut;
    if (out != null) {
      checked("--certificate-out", () -> write(identity, out));
    }
    if (likeEmulator) {
      config.options().likeEmulator();
    }
    listed.setIn(
        config.options(),
        (option, reason) -> {
          throw refusal(option, reason);
        });
    return config.build();
  }

  private @Nullable TlsIdentity identity() {
    Path file = keyStore;
    String password = keyStorePassword;
    if (file == null) {
      if (password != null) {
        throw refusal("--key-store-password", "needs --key-store");
      }
      return https ? TlsIdentity.ofKit() : null;
    }
    try {
      TlsIdentity identity =
          TlsIdentity.of(file, password == null ? new char[0] : password.toCharArray());
      identity
          .invalidity()
          .ifPresent(why -> warnings.add("--key-store: " + why + ". Clients will refuse it"));
      return identity;
    } catch (IllegalArgumentException e) {
      boolean withoutPassword =
          password == null && e.getCause() instanceof UnrecoverableKeyException;
      throw refusal(
          "--key-store",
          e.getMessage() + (withoutPassword ? ": give it by --key-store-password" : ""));
    }
  }

  /**
   * What is allowed but will hardly be wanted, a line each; known once there is a configuration.
   */
  List<String> warnings() {
    return warnings;
  }

  private static void write(@Nullable TlsIdentity identity, Path file) {
    if (identity == null) {
      throw new IllegalArgumentException("needs --https or --key-store");
    }
    try {
      Files.writeString(file, identity.pem());
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be written: " + e, e);
    }
  }

  private void checked(String option, Runnable setting) {
    try {
      setting.run();
    } catch (IllegalArgumentException e) {
      throw refusal(option, e.getMessage());
    }
  }

  private ParameterException refusal(String option, @Nullable String reason) {
    if (spec == null) {
      throw new IllegalStateException("options are read by picocli only");
    }
    return new ParameterException(spec.commandLine(), option + ": " + reason);
  }
}
