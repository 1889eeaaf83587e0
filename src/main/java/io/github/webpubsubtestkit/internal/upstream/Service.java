package io.github.webpubsubtestkit.internal.upstream;

import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.token.WebhookSignatures;
import java.net.URI;
import java.util.function.Supplier;

/** What all connections of a fake share when they raise events. */
record Service(
    UpstreamOptions options,
    Timers timers,
    WebhookSignatures signatures,
    Supplier<URI> endpoint,
    Timeline timeline,
    Pending pending) {

  Service(
      UpstreamOptions options,
      Timers timers,
      WebhookSignatures signatures,
      Supplier<URI> endpoint,
      Timeline timeline) {
    this(options, timers, signatures, endpoint, timeline, new Pending());
  }
}
