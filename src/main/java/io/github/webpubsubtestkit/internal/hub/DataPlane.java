package io.github.webpubsubtestkit.internal.hub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Carries out what servers ask (rest-api 7), over REST and in tests alike, and knows who stands
 * between requests or handshakes and their being carried out.
 */
public final class DataPlane {

  private final Hubs hubs;
  private final Pending held = new Pending();
  private final List<Interceptor> interceptors = new CopyOnWriteArrayList<>();

  /** A data plane without interceptors. */
  public DataPlane(Hubs hubs) {
    this.hubs = hubs;
  }

  /** The requests that interceptors hold back. */
  public Pending held() {
    return held;
  }

  /** The hubs it works on. */
  public Hubs hubs() {
    return hubs;
  }

  /**
   * Carries out a request; when this returns, all resulting messages have been passed to the
   * receivers.
   */
  public Outcome execute(ServerRequest request) {
    return request.carryOut(hubs);
  }

  /** Adds an interceptor, after the existing ones. */
  public void add(Interceptor interceptor) {
    interceptors.add(interceptor);
  }

  /** Removes an interceptor; the requests it holds back remain with it. */
  public void remove(Interceptor interceptor) {
    interceptors.remove(interceptor);
  }

  /** Returns whether there are interceptors. */
  public boolean hasInterceptors() {
    return !interceptors.isEmpty();
  }

  /**
   * Passes a request to the first interceptor that accepts it.
   *
   * @param asked the request as it would be recorded if it were carried out
   * @param call called with the decision, immediately or later
   * @return false if none accepts it
   */
  public boolean intercept(RecordedOperation asked, InterceptedCall call) {
    for (Interceptor interceptor : interceptors) {
      HeldCall intercepted = new HeldCall(asked, interceptor, call);
      held.begin(intercepted);
      boolean taken = false;
      try {
        taken = interceptor.intercept(asked, intercepted);
      } finally {
        if (!taken) {
          held.end(intercepted);
        }
      }
      if (taken) {
        return true;
      }
    }
    return false;
  }

  /** A request held back until its interceptor has decided on it. */
  private final class HeldCall implements InterceptedCall {

    private final RecordedOperation asked;
    private final Interceptor interceptor;
    private final InterceptedCall call;

    HeldCall(RecordedOperation asked, Interceptor interceptor, InterceptedCall call) {
      this.asked = asked;
      this.interceptor = interceptor;
      this.call = call;
    }

    @Override
    public void proceed(Deviation how) {
      done(() -> call.proceed(how));
    }

    @Override
    public void answer(Answer answer) {
      done(() -> call.answer(answer));
    }

    @Override
    public Runnable hang() {
      try {
        return call.hang();
      } finally {
        held.end(this); // it is not under way any more: nothing will come of it
      }
    }

    @Override
    public void drop() {
      done(call::drop);
    }

    private void done(Runnable action) {
      try {
        action.run();
      } finally {
        held.end(this);
      }
    }

    /** Describes it to code that waits for its answer. */
    @Override
    public String toString() {
      return asked.details().request() + ", held back by the fault \"" + interceptor + "\"";
    }
  }
}
