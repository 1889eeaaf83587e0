package io.github.webpubsubtestkit.internal.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.expect.Arrival;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Miss;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Kind;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever the token and wherever it stands, no 12 characters of it are left. */
class SecretsPropertyTest {

  private static final String HEADER = "eyJhbGciOiJIUzI1NiJ9";
  private static final String BASE64URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** The halves of all lengths to which texts are cut, and these lengths. */
  private static final List<Integer> CUTS =
      List.of(24, 40, 64, 80, 100, 200, 300, 600, 1_000, 2_000, 2_048, 4_096, 8_192);

  /** How a token is told: alone, in URLs, headers and JSON, escaped in any way. */
  private enum Form {
    ALONE("%s"),
    URL("ws://127.0.0.1:8080/client/hubs/hub?access_token=%s&group=a"),
    UPPER_CASE_URL("ws://127.0.0.1:8080/client/hubs/hub?ACCESS_TOKEN=%s"),
    RECONNECTION("GET /client/hubs/hub?awps_connection_id=1&awps_reconnection_token=%s&x=1"),
    FUNCTION("http://127.0.0.1:7071/eh?code=%s&x=1"),
    USER_INFORMATION("http://user:%s@127.0.0.1:7071/eh"),
    HEADER_LINE("Authorization: Bearer %s\r\n"),
    JSON("{\"token\":\"%s\",\"x\":1}"),
    PROPERTY("{\"reconnectionToken\": \"%s\",\"x\":1}"),
    JSON_IN_JSON("{\"data\":\"{\\\"accessToken\\\":\\\"%s\\\"}\"}"),
    ENCODED("ws://127.0.0.1/client/hubs/hub?acces%%73_token=%s&group=a") {
      @Override
      String encoded(String token) {
        return percentEncoded(token);
      }
    },
    NESTED("http://h/?r=ws%%3A%%2F%%2Fh%%3Faccess_token%%3D%s%%26x") {
      @Override
      String encoded(String token) {
        return percentEncoded(token);
      }
    },
    JSON_ESCAPED("{\"x\":\"%s\"}") {
      @Override
      String encoded(String token) {
        return token.replace(".", "\\u002e").replace("eyJ", "\\u0065yJ");
      }
    },
    WITHOUT_SIGNATURE("%s") {
      @Override
      String encoded(String token) {
        return token.substring(0, token.lastIndexOf('.'));
      }
    };

    private final String template;

    Form(String template) {
      this.template = template;
    }

    String encoded(String token) {
      return token;
    }

    String of(String token) {
      return template.formatted(encoded(token));
    }

    private static String percentEncoded(String token) {
      return token.replace(".", "%2e").replace("eyJ", "%65y%4A");
    }
  }

  @Property(tries = 1_000)
  void noPieceIsLeftWhereverATextIsCut(
      @ForAll("tokens") String token, @ForAll Form form, @ForAll("places") Place place) {
    String told = form.of(token);
    String text = place.around(told, told.indexOf(form.encoded(token)), token.length());

    for (String shown : shown(text)) {
      assertThat(shown).satisfies(Pieces.noneOf(token));
    }
  }

  @Property(tries = 300)
  void noPieceIsLeftOfATokenThatIsCutItself(
      @ForAll("tokens") String token, @ForAll Form form, @ForAll("places") Place place) {
    String told = form.of(token);
    int end = told.indexOf('.') < 0 ? told.length() : told.indexOf('.') + 1;
    int to = end + (told.length() - end) * place.offset / 100;

    assertThat(Secrets.mask(told.substring(0, to))).satisfies(Pieces.noneOf(token));
  }

  @Property(tries = 100)
  void noExceptionTellsAPiece(
      @ForAll("tokens") String token, @ForAll Form form, @ForAll Form other) {
    IOException failure = new IOException("a", new IOException("no " + form.of(token)));
    failure.addSuppressed(new IOException(new IOException(other.of(token))));

    assertThat(Pieces.shownBy(Secrets.mask(failure))).satisfies(Pieces.noneOf(token));
  }

  @Property(tries = 300)
  void noPieceCanBeReadFromHexadecimalDigits(@ForAll("tokens") String token, @ForAll Form form) {
    String hex = Secrets.hex(form.of(token).getBytes(UTF_8), 64).replace("**", "2a");

    assertThat(new String(HexFormat.ofDelimiter(" ").parseHex(hex), UTF_8))
        .satisfies(Pieces.noneOf(token));
  }

  @Property(tries = 300)
  void whatIsMaskedStaysSo(@ForAll("tokens") String token, @ForAll Form form) {
    String masked = Secrets.mask("a " + form.of(token) + " b");

    assertThat(masked).startsWith("a ").endsWith(" b").contains("***");
    assertThat(Secrets.mask(masked)).isEqualTo(masked);
  }

  /** All ways in which the kit shows a text of others. */
  private static List<String> shown(String text) {
    Timeline timeline = new Timeline();
    timeline.record("alice", Direction.IN, text);
    timeline.record(Kind.MESSAGE, "alice", Direction.IN, "text", true, text.getBytes(UTF_8));
    timeline.record(Kind.MESSAGE, "alice", Direction.OUT, text, true, new byte[9_000]);
    String failure =
        FailureText.of("alice", "expected " + FailureText.quotedContent(text))
            .fact("url", text)
            .fact("content", FailureText.content(text))
            .fact("quoted", FailureText.quote(text))
            .fact("differs", Miss.ofText("z" + text, text).difference())
            .fact("later", Miss.ofText(text + "1", text + "2").difference())
            .fact("in it", Miss.ofText(text, text.substring(0, text.length() / 2)).difference())
            .arrivals(
                "received",
                "one",
                List.of(
                    new Arrival(
                        Duration.ZERO, List.of(text), FailureText.content(text), List.of(), true)))
            .state(text)
            .text();
    return List.of(
        timeline.print(),
        timeline.entries().toString(),
        failure,
        Secrets.beginning(text, 200, " …"),
        Secrets.beginning(text, 600, "..."),
        Bytes.describe(text.getBytes(UTF_8)));
  }

  /** Where the token stands: across one of the cuts, counted from the beginning or the end. */
  record Place(int cut, int offset, boolean fromEnd) {

    String around(String told, int tokenStart, int tokenLength) {
      int start = Math.max(0, cut - tokenLength * offset / 100 - tokenStart);
      String near = "lorem ipsum ".repeat(start / 12 + 1).substring(0, start);
      String far = "dolor sit ".repeat(2_000);
      return fromEnd ? far + told + " " + near : near + " " + told + " " + far;
    }
  }

  @Provide
  Arbitrary<Place> places() {
    return Combinators.combine(
            Arbitraries.of(CUTS),
            Arbitraries.integers().between(0, 100),
            Arbitraries.of(true, false))
        .as(Place::new);
  }

  @Provide
  Arbitrary<String> tokens() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(50, 300)),
                Tuple.of(2, Arbitraries.integers().between(300, 20_000))),
            Arbitraries.longs())
        .as(SecretsPropertyTest::token);
  }

  private static String token(int length, long seed) {
    Random random = new Random(seed);
    int signature = Math.min(43, (length - HEADER.length()) / 2);
    int payload = length - HEADER.length() - signature - 2;
    return HEADER + "." + letters(random, payload) + "." + letters(random, signature);
  }

  private static String letters(Random random, int count) {
    return random
        .ints(count, 0, BASE64URL.length())
        .mapToObj(i -> String.valueOf(BASE64URL.charAt(i)))
        .collect(Collectors.joining());
  }
}
