package io.github.webpubsubtestkit.internal.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.webpubsubtestkit.internal.transport.HttpHeaders;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.upstream.UpstreamResult.Answer;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

/** What holds for every configuration, and for every answer of an application. */
class UpstreamPropertyTest {

  @Property
  void aTemplateIsAUrlOrAnIllegalArgument(
      @ForAll @Chars({'{', '}', '/', ':', '#', '?', '@', 'h', '%', ' '}) @CharRange(to = '\u00ff')
          String tail) {
    UrlTemplate template;
    try {
      template = UrlTemplate.parse("http://h/" + tail);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining(tail);
      return;
    }
    assertThatNoException().isThrownBy(() -> template.resolve("hub", "event"));
  }

  @Property
  void valuesSurviveInAUrl(@ForAll @StringLength(max = 40) @CharRange(to = '\u00ff') String event) {
    URI url = UrlTemplate.parse("http://h/x?{event}").resolve("hub", event);

    assertThat(URLDecoder.decode(url.getRawQuery(), StandardCharsets.UTF_8)).isEqualTo(event);
    assertThat(url.getRawQuery()).matches("[A-Za-z0-9._~%-]*");
  }

  @Property
  void everyListOfNamesTakesThemInAnyCase(@ForAll("names") @NotEmpty List<String> names) {
    EventPattern pattern = EventPattern.parse(String.join(" ,", names));

    for (String name : names) {
      assertThat(pattern.matches(name)).isTrue();
      assertThat(pattern.matches(name.toUpperCase(Locale.ROOT))).isTrue();
      assertThat(pattern.matches(name + "-other")).isFalse();
    }
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("._")
        .ofMinLength(1)
        .ofMaxLength(20)
        .map(rest -> "x" + rest)
        .list()
        .ofMaxSize(10);
  }

  @Property
  void everyBodyHasAnOutcome(@ForAll byte[] body, @ForAll("contentTypes") String contentType) {
    HttpResponse response =
        new HttpResponse(200, HttpHeaders.of("Content-Type", contentType), body);
    Reply answered =
        new Reply(
            new UpstreamRequest("POST", URI.create("http://h"), HttpHeaders.none(), new byte[0]),
            new Answer(response, false),
            1);

    assertThat(ConnectResponse.outcome(answered, List.of(), false)).isNotNull();
    assertThat(EventResponse.outcome(answered, Subprotocol.JSON)).isNotNull();
  }

  @Provide
  Arbitrary<String> contentTypes() {
    return Arbitraries.of("text/plain", "application/json", "application/x-protobuf", "", ";", "a");
  }

  @Property
  void noSetCookieDoesHarm(@ForAll @Chars({'=', ';', ',', ' ', '.', 'a', '/'}) String line) {
    CookieJar jar = new CookieJar();
    jar.store(URI.create("http://h/eh"), List.of(line, "b=2", "Path=/;" + line), Instant.EPOCH);

    assertThat(jar.header(URI.create("http://h/eh"), Instant.EPOCH)).contains("b=2");
  }
}
