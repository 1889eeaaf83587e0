package io.github.webpubsubtestkit.service;

import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/** Stub; being written. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class ServiceAssert extends AbstractAssert<ServiceAssert, FakeWebPubSub> {
  /** Stub. */
  public ServiceAssert(FakeWebPubSub actual) {
    super(actual, ServiceAssert.class);
  }

  /** Stub. */
  public ServiceAssert within(Duration deadline) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert inHub(String hub) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert receivesRequest(RequestPattern pattern) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public RequestAssert receivesEvent(String event) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ConnectionAssert receivesConnectionFrom(String userId) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert receivesNoRequest(RequestPattern pattern) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasReceivedRequest(RequestPattern pattern) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasReceivedRequests(int times, RequestPattern pattern) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasReceivedNoRequest(RequestPattern pattern) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasConnections(int count) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasNoConnections() {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasConnectionFrom(String userId) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasNoConnectionFrom(String userId) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasUser(String userId) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasNoUser(String userId) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasGroupMember(String group, String userId) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert hasNoGroupMember(String group, String userId) {
    throw new IllegalStateException("not yet");
  }

  /** Stub. */
  public ServiceAssert groupHasMembers(String group, int count) {
    throw new IllegalStateException("not yet");
  }
}
