package io.github.webpubsubtestkit.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A new kind of message, request or encoding is compiled together with all sources that take part:
 * each codec and processor that has to say what it does with it must be an error. It reads the
 * sources, so it runs where they are.
 */
@DisplayName("What travels on the wire")
@Tag("sources")
class ExhaustiveWireTest {

  private static final Path MAIN = Path.of("src/main/java");
  private static final Path WIRE =
      MAIN.resolve(ExhaustiveWireTest.class.getPackageName().replace('.', '/'));
  private static final Pattern USER =
      Pattern.compile("import \\S+\\.internal\\.wire\\.(ServiceMessage|ClientRequest|Subprotocol)");
  private static final Pattern WIRE_NAME = Pattern.compile("\"\\S*\\.webpubsub\\.azure\\.v1\"");

  @Test
  @DisplayName("compiles as it is")
  void compilesUnchanged() {
    assertThat(filesWithErrors("ServiceMessage.java", source -> source)).isEmpty();
  }

  @Test
  @DisplayName("a new kind of message must be written, read and received")
  void newMessage() {
    assertThat(filesWithErrors("ServiceMessage.java", ExhaustiveWireTest::withNewMessage))
        .containsExactly(
            "Incoming.java",
            "JsonClientCodec.java",
            "JsonServiceCodec.java",
            "ProtobufClientCodec.java",
            "ProtobufServiceCodec.java",
            "RawServiceCodec.java");
  }

  @Test
  @DisplayName("a new kind of request must be written, read and carried out")
  void newRequest() {
    assertThat(filesWithErrors("ClientRequest.java", ExhaustiveWireTest::withNewRequest))
        .containsExactly(
            "JsonClientCodec.java",
            "JsonServiceCodec.java",
            "ProtobufClientCodec.java",
            "ProtobufServiceCodec.java",
            "RequestProcessor.java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ServiceMessage", "ClientRequest"})
  @DisplayName("a new kind that nobody writes and processes does not compile")
  void newKindWithoutDispatch(String type) {
    String kind = "  record Invoke(String target) implements " + type + " {}\n";

    assertThat(filesWithErrors(type + ".java", source -> withMember(source, kind)))
        .containsExactly(type + ".java");
  }

  @ParameterizedTest
  @ValueSource(classes = {ServiceMessage.class, ClientRequest.class})
  @DisplayName("a kind is written, read and processed under the same name")
  void everyKindHasItsMethods(Class<?> type) {
    Set<String> kinds =
        Stream.of(requireNonNull(type.getPermittedSubclasses()))
            .map(Class::getSimpleName)
            .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
            .collect(toCollection(TreeSet::new));

    assertThat(kinds).hasSizeGreaterThan(4);
    assertThat(type.getDeclaredClasses())
        .filteredOn(Class::isInterface)
        .hasSize(3)
        .allSatisfy(
            each ->
                assertThat(each.getDeclaredMethods())
                    .filteredOn(method -> !method.isDefault())
                    .extracting(Method::getName)
                    .containsExactlyInAnyOrderElementsOf(kinds));
  }

  @Test
  @DisplayName("a new encoding needs codecs for both sides")
  void newEncoding() {
    assertThat(
            filesWithErrors(
                "Subprotocol.java", source -> replaced(source, "    JSON,", "    JSON, AVRO,")))
        .containsExactly("Codecs.java");
  }

  @Test
  @DisplayName("subprotocols are named in one place")
  void wireNamesStandInOneFile() {
    assertThat(sources())
        .filteredOn(file -> WIRE_NAME.matcher(read(file)).find())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("Subprotocol.java");
  }

  // ---- the new kinds

  private static String withNewMessage(String source) {
    String changed =
        replaced(
            source,
            "interface Encoder {",
            "interface Encoder { @Nullable EncodedMessage invoke(Invoke message);");
    return withMember(
        withDecoderAndProcessor(changed),
        """
          record Invoke(String target) implements ServiceMessage {
            @Override
            public @Nullable EncodedMessage encode(Encoder encoder) {
              return encoder.invoke(this);
            }
            @Override
            public <C> void process(Processor<C> processor, C context) {
              processor.invoke(this, context);
            }
            @Override
            public boolean isNumbered() {
              return false;
            }
          }
        """);
  }

  private static String withNewRequest(String source) {
    String changed =
        replaced(
            source,
            "interface Encoder {",
            "interface Encoder { EncodedMessage invoke(Invoke request);");
    return withMember(
        withDecoderAndProcessor(changed),
        """
          record Invoke(String target) implements ClientRequest {
            @Override
            public EncodedMessage encode(Encoder encoder) {
              return encoder.invoke(this);
            }
            @Override
            public <C> void process(Processor<C> processor, C context) {
              processor.invoke(this, context);
            }
          }
        """);
  }

  private static String withDecoderAndProcessor(String source) {
    String changed =
        replaced(
            source,
            "interface Decoder<S> {",
            "interface Decoder<S> { Invoke invoke(S source) throws IOException;");
    return replaced(
        changed,
        "interface Processor<C> {",
        "interface Processor<C> { void invoke(Invoke kind, C context);");
  }

  private static String withMember(String source, String member) {
    int end = source.lastIndexOf('}');
    return source.substring(0, end) + member + source.substring(end);
  }

  private static String replaced(String source, String old, String with) {
    assertThat(source).containsOnlyOnce(old);
    return source.replace(old, with);
  }

  // ---- compiling

  /** The names of the files in which there are errors, sorted. */
  private static Set<String> filesWithErrors(String changed, UnaryOperator<String> change) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(diagnostics, null, UTF_8)) {
      List<JavaFileObject> units = new ArrayList<>();
      for (Path file : takingPart()) {
        if (file.endsWith(changed)) {
          units.add(new Source(file.toUri(), change.apply(read(file))));
        } else {
          files.getJavaFileObjects(file).forEach(units::add);
        }
      }
      List<String> options =
          List.of(
              "-proc:none",
              "--should-stop=ifError=FLOW",
              "--should-stop=ifNoError=FLOW", // nothing is written
              "-cp",
              System.getProperty(
                  "surefire.test.class.path", System.getProperty("java.class.path")));
      Boolean ok = compiler.getTask(null, files, diagnostics, options, null, units).call();
      Set<String> faulty =
          diagnostics.getDiagnostics().stream()
              .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
              .map(each -> fileName(each.getSource()))
              .collect(toCollection(TreeSet::new));
      assertThat(ok).as("compiled").isEqualTo(faulty.isEmpty());
      return faulty;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fileName(JavaFileObject source) {
    return String.valueOf(Path.of(source.toUri()).getFileName());
  }

  /** The room itself, and whoever takes apart what is in it. */
  private static List<Path> takingPart() {
    List<Path> files =
        sources().stream()
            .filter(file -> file.startsWith(WIRE) || USER.matcher(read(file)).find())
            .filter(file -> !file.endsWith("package-info.java"))
            .toList();
    assertThat(files).hasSizeGreaterThan(40);
    return files;
  }

  private static List<Path> sources() {
    try (Stream<Path> all = Files.walk(MAIN)) {
      return all.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String content;

    Source(URI file, String content) {
      super(file, Kind.SOURCE);
      this.content = content;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }
}
