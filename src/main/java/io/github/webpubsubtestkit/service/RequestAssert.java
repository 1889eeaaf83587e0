package io.github.webpubsubtestkit.service;

import org.assertj.core.api.AbstractAssert;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class RequestAssert extends AbstractAssert<RequestAssert, RecordedRequest> {
  /** Stub. */
  public RequestAssert(RecordedRequest actual) {
    super(actual, RequestAssert.class);
  }

  /** Stub. */
  public RequestAssert isFromUser(String userId) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert isFromServer() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert isFromClient() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert isInHub(String hub) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert isSuccessful() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert isRefused() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert hasOutcome(String outcome) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert hasText(String text) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert hasJson(Object json) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert hasBinary(byte[] bytes) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert withText(String text) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert withJson(Object json) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert withBinary(byte[] bytes) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert hasMetadata(String name, String value) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert hasParameter(String name, String value) {
    throw new IllegalStateException("not yet");
  }
}
