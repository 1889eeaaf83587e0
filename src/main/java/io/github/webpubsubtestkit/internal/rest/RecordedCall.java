package io.github.webpubsubtestkit.internal.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.webpubsubtestkit.internal.hub.GroupAction;
import io.github.webpubsubtestkit.internal.hub.RestDetails;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.wire.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call and its answer, if it got one, kept as they are. */
record RecordedCall(RestCall call, @Nullable HttpResponse response) implements RestDetails {

  @Override
  public String request() {
    HttpRequest request = call.request();
    return Secrets.mask(request.method() + " " + request.target());
  }

  @Override
  public @Nullable String connectionId() {
    return call.variable(PathVariable.CONNECTION);
  }

  @Override
  public @Nullable String userId() {
    return call.variable(PathVariable.USER);
  }

  @Override
  public @Nullable String group() {
    return call.variable(PathVariable.GROUP);
  }

  @Override
  public @Nullable Payload payload() {
    return call.payloadOrNull();
  }

  @Override
  public Map<String, List<String>> parameters() {
    return call.query().toMap();
  }

  @Override
  public List<Map.Entry<String, String>> headers() {
    return call.request().headers().fields().stream()
        .map(field -> Map.entry(field.name(), Secrets.header(field.name(), field.value())))
        .toList();
  }

  @Override
  public byte[] body() {
    return call.request().body();
  }

  @Override
  public int status() {
    return response == null ? 0 : response.status();
  }

  @Override
  public String answer() {
    if (response == null || call.request().method().equals("HEAD")) {
      return ""; // what a HEAD request has only the length of
    }
    return Secrets.mask(new String(response.body(), UTF_8));
  }

  @Override
  public @Nullable String permission() {
    String written = call.variable(PathVariable.PERMISSION);
    GroupAction known = written == null ? null : GroupAction.named(written);
    return known == null ? written : known.wireName();
  }

  @Override
  public List<String> groups() {
    return call.groups();
  }

  @Override
  public @Nullable String filter() {
    return call.writtenFilter();
  }
}
