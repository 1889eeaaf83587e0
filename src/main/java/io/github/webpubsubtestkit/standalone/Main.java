package io.github.webpubsubtestkit.standalone;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.upstream.HttpChannel;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Starts the fake service as a program: {@code java -jar webpubsub-testkit-…-standalone.jar}.
 *
 * <p>Prints the connection string and, for each hub, a client URL that may join and send to every
 * group, then serves until the program is stopped. {@code --help} tells the options. Exit code 2
 * means a bad option, 1 that the fake could not serve, for example because the port is taken.
 *
 * @since 0.1
 */
public final class Main {

  static final String NAME = "webpubsub-testkit";

  static final int SUCCESS = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;

  private static final List<String> ALL_ROLES =
      List.of("webpubsub.joinLeaveGroup", "webpubsub.sendToGroup");

  /** Long enough for a day's work with one printed URL. */
  private static final Duration URL_LIFETIME = Duration.ofHours(24);

  private static final Duration CLOSING_TIME = Duration.ofSeconds(10);

  private Main() {}

  /**
   * Runs the fake service until the program is stopped.
   *
   * @param args the options, see {@code --help}
   * @since 0.1
   */
  public static void main(String[] args) {
    // The WebSocket library asks for a logger; that there is none is nothing to warn of here.
    System.setProperty("slf4j.internal.verbosity", "ERROR");

    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    // The machine ends with its last hook, so the hook waits until clients have seen a clean close.
    Thread hook = new Thread(() -> stopAndAwait(stop, closed), NAME + "-stop");
    Runtime.getRuntime().addShutdownHook(hook);

    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    int exitCode;
    try {
      exitCode = run(args, out, err, stop::await);
    } finally {
      closed.countDown();
    }
    if (exitCode != SUCCESS) {
      System.exit(exitCode);
    }
  }

  private static void stopAndAwait(CountDownLatch stop, CountDownLatch closed) {
    stop.countDown();
    try {
      // A fake that does not close in time is ended with the machine; there is nobody left to tell.
      boolean inTime = closed.await(CLOSING_TIME.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        System.err.println(NAME + ": not closed within " + CLOSING_TIME.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does everything that {@link #main} does, except for ending the machine. */
  static int run(String[] args, PrintWriter out, PrintWriter err, Stop stop) {
    CommandLineOptions options = new CommandLineOptions();
    CommandLine commandLine = new CommandLine(options);
    EngineConfig config;
    try {
      commandLine.parseArgs(args);
      if (commandLine.isUsageHelpRequested()) {
        commandLine.usage(out);
        return SUCCESS;
      }
      if (commandLine.isVersionHelpRequested()) {
        commandLine.printVersionHelp(out);
        return SUCCESS;
      }
      config = options.engineConfig();
    } catch (ParameterException e) {
      err.println(NAME + ": " + oneLine(e) + " (--help tells the options)");
      return USAGE;
    }
    return serve(config, options, out, err, stop);
  }

  private static int serve(
      EngineConfig config,
      CommandLineOptions options,
      PrintWriter out,
      PrintWriter err,
      Stop stop) {
    try (Engine engine = Engine.start(config)) {
      options.eventHandlers(new HttpChannel(engine.loop())).forEach(engine.upstream()::replace);
      out.println("Connection string: " + engine.connectionString());
      for (String hub : options.hubs()) {
        out.println("Client URL of hub " + hub + ": " + clientUrl(engine, hub));
      }
      out.println("The URLs are valid for 24 hours. Serving until stopped (Ctrl+C).");
      out.flush();
      stop.await();
      return SUCCESS;
    } catch (IOException e) {
      String address = options.host() + ":" + options.port();
      String reason = oneLine(e);
      err.println(
          NAME
              + ": cannot listen on "
              + (reason.startsWith(address) ? reason : address + ": " + reason));
      return FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return SUCCESS;
    }
  }

  private static String clientUrl(Engine engine, String hub) {
    URI endpoint = engine.endpoint();
    String audience = endpoint + "/client/hubs/" + hub;
    String token = engine.tokens().clientToken(audience, null, ALL_ROLES, List.of(), URL_LIFETIME);
    // These three are allowed in a hub's name but not in a URL.
    String path = hub.replace("`", "%60").replace("[", "%5B").replace("]", "%5D");
    return "ws://%s/client/hubs/%s?access_token=%s"
        .formatted(endpoint.getRawAuthority(), path, token);
  }

  private static String oneLine(Exception e) {
    String message = e.getMessage();
    return Secrets.mask(message == null ? e.toString() : message)
        .strip()
        .replaceAll("\\R\\s*", " ");
  }

  /** Returns when the fake shall stop. */
  @FunctionalInterface
  interface Stop {
    void await() throws InterruptedException;
  }
}
