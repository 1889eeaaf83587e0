package io.github.webpubsubtestkit.standalone;

import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Starts the fake service as a program: {@code java -jar webpubsub-testkit-…-standalone.jar}.
 *
 * <p>Prints the connection string and, for each hub, a client URL that may join and send to every
 * group, then serves until the program is stopped; failures of event handlers are reported on the
 * standard error output. {@code --help} lists the options.
 *
 * <table>
 *   <caption>Exit codes</caption>
 *   <tr><td>0</td><td>stopped by Ctrl+C (SIGINT) or SIGTERM, and all connections closed, clients
 *   with 1001; or help or version shown</td></tr>
 *   <tr><td>1</td><td>cannot serve, for example because the port is taken, or a failure
 *   has ended the fake</td></tr>
 *   <tr><td>2</td><td>bad option</td></tr>
 *   <tr><td>3</td><td>stopped, but not everything could be closed; the reason is on the
 *   standard error output</td></tr>
 * </table>
 *
 * @since 0.1
 */
final class Main {

  static final String NAME = "webpubsub-testkit";

  static final int SUCCESS = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int NOT_CLOSED = 3;

  private static final List<String> ALL_ROLES =
      List.of("webpubsub.joinLeaveGroup", "webpubsub.sendToGroup");

  /** Half the length of the shortest valid key. */
  private static final int SHORT = 16;

  /** Long enough for a day's work with one printed URL. */
  private static final Duration URL_LIFETIME = Duration.ofHours(24);

  /** Twice the engine's own limit. */
  private static final Duration CLOSING_TIME = Duration.ofSeconds(10);

  private Main() {}

  /**
   * Runs the fake service until the program is stopped.
   *
   * @param args the options, see {@code --help}
   * @since 0.1
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    SignalShutdown ending = new SignalShutdown(CLOSING_TIME, out, err, Runtime.getRuntime()::halt);
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(ending::onShutdown, NAME + "-stop"));
    } catch (IllegalStateException e) {
      return; // stopped before it has begun
    }

    int exitCode = FAILURE;
    try {
      exitCode = run(args, out, err, ending::awaitStop);
    } catch (Throwable bug) { // reported here, as a hook that ends the JVM leaves no time for it
      bug.printStackTrace(err);
    } finally {
      ending.ended(exitCode);
    }
    if (exitCode != SUCCESS) {
      System.exit(exitCode);
    }
  }

  /** Does everything {@link #main} does, except end the JVM. */
  static int run(String[] args, PrintWriter out, PrintWriter err, Stop stop) {
    CommandLineOptions options = new CommandLineOptions();
    CommandLine commandLine = options.commandLine();
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
    } catch (UnmatchedArgumentException e) {
      err.println(NAME + ": " + unknown(e.getUnmatched()) + " (see --help)");
      return USAGE;
    } catch (ParameterException e) {
      err.println(NAME + ": " + oneLine(e) + " (see --help)");
      return USAGE;
    }
    options.warnings().forEach(each -> err.println(NAME + ": " + each));
    return serve(config, options, out, err, stop);
  }

  private static int serve(
      EngineConfig config,
      CommandLineOptions options,
      PrintWriter out,
      PrintWriter err,
      Stop stop) {
    Engine engine;
    try {
      engine = Engine.start(config);
    } catch (IOException e) {
      String address = options.host() + ":" + options.port();
      String reason = oneLine(e);
      err.println(
          NAME
              + ": cannot listen on "
              + Secrets.mask(reason.startsWith(address) ? reason : address + ": " + reason));
      return FAILURE;
    }
    return serve(
        engine,
        () -> {
          options.eventHandlers(options.channel(engine.loop())).forEach(engine.upstream()::replace);
          return print(engine, options, out);
        },
        stop,
        err);
  }

  /** Serves until it is asked to stop, or a failure ends the fake. */
  static int serve(Engine engine, BooleanSupplier preparation, Stop stop, PrintWriter err) {
    Thread serving = Thread.currentThread();
    engine.onFailure(serving::interrupt);
    try {
      engine.upstream().onHandlerFailure((hub, text) -> err.println(describeFailure(hub, text)));
      if (!preparation.getAsBoolean()) {
        err.println(
            NAME + ": cannot print the connection string: the standard output cannot be written");
        engine.close();
        return FAILURE;
      }
      stop.await();
    } catch (InterruptedException e) {
      serving.interrupt();
    } catch (RuntimeException | Error e) {
      var unused = close(engine::close, err); // the exception says more
      throw e;
    }
    Optional<String> failure = engine.failure();
    if (failure.isPresent()) {
      var unused = Thread.interrupted(); // by the failure
      err.println(NAME + ": " + failure.get());
      return FAILURE;
    }
    return close(engine::close, err);
  }

  /** Returns whether it could be printed. */
  private static boolean print(Engine engine, CommandLineOptions options, PrintWriter out) {
    out.println("Connection string: " + engine.connectionString());
    for (String hub : options.hubs()) {
      out.println("Client URL of hub " + hub + ": " + clientUrl(engine, hub));
    }
    engine.hostNote().ifPresent(out::println);
    out.println("The URLs are valid for 24 hours. Serving until stopped (Ctrl+C).");
    return !out.checkError();
  }

  /** Closes the fake and returns the exit code. */
  static int close(Runnable closing, PrintWriter err) {
    try {
      closing.run();
      return SUCCESS;
    } catch (RuntimeException e) {
      err.println(NAME + ": not everything could be closed: " + oneLine(e));
      return NOT_CLOSED;
    }
  }

  private static String clientUrl(Engine engine, String hub) {
    URI endpoint = engine.endpoint();
    String audience = endpoint + "/client/hubs/" + hub;
    String token = engine.tokens().clientToken(audience, null, ALL_ROLES, List.of(), URL_LIFETIME);
    // These three are allowed in a hub's name but not in a URL.
    String path = hub.replace("`", "%60").replace("[", "%5B").replace("]", "%5D");
    String scheme = endpoint.getScheme().equals("https") ? "wss" : "ws";
    return "%s://%s/client/hubs/%s?access_token=%s"
        .formatted(scheme, endpoint.getRawAuthority(), path, token);
  }

  /** Describes a failure; it may quote an application, so control characters are masked. */
  private static String describeFailure(String hub, String text) {
    return NAME + ": hub " + hub + ": " + text.replaceAll("\\p{Cc}", "?");
  }

  /**
   * Lists names only: the value of a mistyped option may be an access key, if it is long enough.
   */
  private static String unknown(List<String> arguments) {
    List<String> names =
        arguments.stream()
            .filter(each -> each.startsWith("--"))
            .map(each -> "'" + Secrets.mask(each.split("=", 2)[0]) + "'")
            .toList();
    if (!names.isEmpty()) {
      return "unknown option " + String.join(", ", names);
    }
    String first = arguments.get(0);
    boolean harmless = !first.startsWith("-") && first.length() < SHORT;
    return (harmless ? "'" + first + "'" : "an argument") + " without an option";
  }

  private static String oneLine(Exception e) {
    String message = e.getMessage();
    return Secrets.mask(message == null ? e.toString() : message)
        .strip()
        .replaceAll("\\R\\s*", " ");
  }

  /** Waits until the fake is asked to stop. */
  @FunctionalInterface
  interface Stop {
    void await() throws InterruptedException;
  }
}
