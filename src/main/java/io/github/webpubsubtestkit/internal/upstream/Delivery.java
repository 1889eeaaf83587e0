package io.github.webpubsubtestkit.internal.upstream;

import java.time.Duration;

/**
 * An event that was sent to an application or to what stands in for it, after its last attempt.
 *
 * @param hub in lower case
 * @param request what was sent, with each attempt
 * @param result what came of the last attempt
 * @param attempts how often it was sent, at least once
 * @param at when it was raised, in the timeline's time
 */
public record Delivery(
    String hub, UpstreamRequest request, UpstreamResult result, int attempts, Duration at) {}
