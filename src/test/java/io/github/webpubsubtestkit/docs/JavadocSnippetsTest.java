package io.github.webpubsubtestkit.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Whoever copies an example from the Javadoc of a public type has code that compiles, given the
 * things that all examples talk of: a service, alice, bob, an application, a handler.
 *
 * <p>It reads the sources, so it runs where they are.
 */
@DisplayName("The examples of the Javadoc compile")
@Tag("sources")
class JavadocSnippetsTest {

  private static final Path SOURCES = Path.of("src/main/java/io/github/webpubsubtestkit");

  private static final Pattern SNIPPET =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\* *\\}</pre>", Pattern.DOTALL);

  private static final Pattern MARGIN = Pattern.compile("(?m)^ *\\* ?");

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile("(?m)^public [a-z ]*(class|interface|enum|record|@interface) ");

  /** What examples may use without saying where it is from. */
  private static final String IMPORTS =
      """
      import static io.github.webpubsubtestkit.client.ClientsAssert.*;
      import static io.github.webpubsubtestkit.client.ConnectOptions.*;
      import static io.github.webpubsubtestkit.client.Content.*;
      import static io.github.webpubsubtestkit.client.Protocol.*;
      import static io.github.webpubsubtestkit.handler.ConnectAnswer.*;
      import static io.github.webpubsubtestkit.handler.EventAnswer.*;
      import static io.github.webpubsubtestkit.service.ClientPattern.*;
      import static io.github.webpubsubtestkit.service.MessagePattern.*;
      import static io.github.webpubsubtestkit.service.Permission.*;
      import static io.github.webpubsubtestkit.service.RequestPattern.*;
      import static io.github.webpubsubtestkit.service.WebPubSubAssertFactories.*;
      import static io.github.webpubsubtestkit.service.WebPubSubSoftAssertions.*;
      import static java.lang.annotation.RetentionPolicy.*;
      import static java.time.Duration.*;
      import static java.util.concurrent.CompletableFuture.*;
      import static org.assertj.core.api.Assertions.*;
      import static org.awaitility.Awaitility.await;
      import com.azure.messaging.webpubsub.*;
      import com.azure.messaging.webpubsub.models.WebPubSubContentType;
      import com.fasterxml.jackson.databind.ObjectMapper;
      import com.google.protobuf.StringValue;
      import io.github.webpubsubtestkit.*;
      import io.github.webpubsubtestkit.client.*;
      import io.github.webpubsubtestkit.handler.*;
      import io.github.webpubsubtestkit.service.*;
      import java.lang.annotation.*;
      import java.net.URI;
      import java.net.http.HttpClient;
      import java.net.http.HttpRequest;
      import java.security.cert.X509Certificate;
      import java.time.Duration;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
      import org.junit.jupiter.api.Test;
      import org.junit.jupiter.api.Timeout;
      import org.junit.jupiter.api.extension.RegisterExtension;
      """;

  /** What examples talk of without having made it. */
  private static final String PRELUDE =
      IMPORTS
          + """
          class Prelude {
            protected FakeWebPubSub service;
            protected PubSubClient alice, bob, carol, mallory, outsider, member, newcomer, client;
            protected SimpleClient simple;
            protected EventHandlerStub handler, shop;
            protected App app, application;
            protected WebPubSubSoftAssertions softly;
            protected ReceivedMessage message;
            protected Ack ack;
            protected CloseStatus status;
            protected HandlerEvent event;
            protected SentEvent sent;
            protected RecordedRequest request;
            protected ConnectionInfo connection;
            protected Order order;
            protected X509Certificate certificate;
            protected ObjectMapper mapper;
            protected Gson gson;
            protected List<String> received;
            protected String url;
            protected int port;
            protected static final String KEY = "";

            protected List<Order> orders() {
              return List.of();
            }

            protected com.azure.core.http.HttpClient httpClientThatTrusts(X509Certificate one) {
              return null;
            }

            /** The application under test. */
            protected interface App {
              void start();
              void connect();
              void ban(String user);
              void broadcast(String text);
              void welcome(String user);
              void publish(String group, String text);
              void reconfigure(String connectionString);
              void onMessage(Consumer<String> listener);
              void stopReading();
              String url();
              List<String> received();
              List<String> payments();
            }

            protected record Bid(int amount) {}

            protected record GreetingApp(String connectionString) {
              void welcome(String user) {}
            }

            protected interface Order extends com.google.protobuf.Message {
              int getId();
              PubSubClient receiver();
            }

            protected interface Invoice extends com.google.protobuf.Message {}

            // of libraries that the kit's own tests do not have

            protected interface Gson {
              String toJson(Object value);
              <T> T fromJson(String json, java.lang.reflect.Type type);
            }

            protected static class Testcontainers {
              static void exposeHostPorts(int... ports) {}
            }

            protected @interface DynamicPropertySource {}

            protected interface DynamicPropertyRegistry {
              void add(String name, Supplier<Object> value);
            }
          }
          """;

  /**
   * An example.
   *
   * @param place the file and the line
   * @param type the type that has it
   */
  private record Snippet(String place, String type, String code) {

    String className() {
      return "At_" + place.replaceAll("\\W", "_");
    }

    /** As the body of a method, as that of a class. */
    List<String> forms() {
      return List.of("void example() throws Throwable {\n" + code + "\n;\n}", code);
    }

    /** The type's own factory methods count more than others of the same name. */
    JavaFileObject file(String form) {
      String own = type.equals("SendOptions") || type.equals("MessageSender") ? SERVICE : CLIENT;
      return inMemory(
          className(),
          IMPORTS + own + "class " + className() + " extends Prelude {\n" + form + "\n}");
    }
  }

  private static final String SERVICE =
      "import static io.github.webpubsubtestkit.service.SendOptions.options;\n";

  private static final String CLIENT =
      "import static io.github.webpubsubtestkit.client.PublishOptions.options;\n";

  @TestFactory
  Stream<DynamicTest> examples() {
    List<Snippet> all = snippets();
    assertThat(all).hasSizeGreaterThan(300);
    Map<Snippet, String> failures = failures(all);
    return all.stream()
        .map(
            each ->
                dynamicTest(
                    each.place(),
                    () -> assertThat(failures.getOrDefault(each, "")).as(each.code()).isEmpty()));
  }

  private static List<Snippet> snippets() {
    List<Snippet> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(JavadocSnippetsTest::isPublic).sorted().toList()) {
        String source = Files.readString(file);
        String name = String.valueOf(file.getFileName());
        SNIPPET
            .matcher(source)
            .results()
            .forEach(
                each ->
                    found.add(
                        new Snippet(
                            name + ":" + source.substring(0, each.start()).lines().count(),
                            name.replace(".java", ""),
                            MARGIN.matcher(each.group(1)).replaceAll(""))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static boolean isPublic(Path file) {
    try {
      return file.toString().endsWith(".java")
          && !file.startsWith(SOURCES.resolve("internal"))
          && PUBLIC_TYPE.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The errors of the examples that compile in no form: those of the first that parses. */
  private static Map<Snippet, String> failures(List<Snippet> all) {
    Map<Snippet, String> failures = new LinkedHashMap<>();
    List<Snippet> left = all;
    for (int form = 0; form < 2; form++) {
      int current = form;
      Map<Snippet, JavaFileObject> files = new LinkedHashMap<>();
      left.forEach(each -> files.put(each, each.file(each.forms().get(current))));
      Map<Snippet, String> broken = errors(files, false);
      broken.forEach(failures::putIfAbsent);
      files.keySet().removeAll(broken.keySet());
      Map<Snippet, String> wrong = errors(files, true);
      files.keySet().stream().filter(each -> !wrong.containsKey(each)).forEach(failures::remove);
      wrong.forEach(failures::put);
      left = left.stream().filter(failures::containsKey).toList();
    }
    return failures;
  }

  /**
   * The errors of some files.
   *
   * @param completely false to look only whether they are Java
   */
  private static Map<Snippet, String> errors(
      Map<Snippet, JavaFileObject> files, boolean completely) {
    List<JavaFileObject> sources = new ArrayList<>(files.values());
    sources.add(inMemory("Prelude", PRELUDE));
    DiagnosticCollector<JavaFileObject> collected = new DiagnosticCollector<>();
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null,
                null,
                collected,
                List.of(
                    "-proc:none",
                    "-nowarn",
                    "-Xmaxerrs",
                    "10000",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"))),
                null,
                sources);
    try {
      if (completely) {
        var unused = task.analyze();
      } else {
        var unused = task.parse();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Snippet> byFile = new LinkedHashMap<>();
    files.forEach((snippet, file) -> byFile.put(file.getName(), snippet));
    Map<Snippet, String> errors = new LinkedHashMap<>();
    for (Diagnostic<? extends JavaFileObject> each : collected.getDiagnostics()) {
      if (each.getKind() == Diagnostic.Kind.ERROR) {
        JavaFileObject file = each.getSource();
        Snippet snippet = file == null ? null : byFile.get(file.getName());
        assertThat(snippet).as("the prelude compiles: %s", each).isNotNull();
        errors.merge(
            requireNonNull(snippet),
            each.getMessage(Locale.ROOT),
            (one, more) -> one + "\n" + more);
      }
    }
    return errors;
  }

  private static JavaFileObject inMemory(String name, String source) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }
}
