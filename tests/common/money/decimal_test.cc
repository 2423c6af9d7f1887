#include "services/common/money/decimal.h"

#include <fmt/format.h>

#include <limits>
#include <sstream>
#include <type_traits>
#include <unordered_set>

#include "absl/container/flat_hash_set.h"
#include "tests/common/money/money_testing.h"

namespace outlay::money {
namespace {

constexpr char kLargest[] = "99999999999999999999999999999999999999";     // 38 nines
constexpr char kSmallest[] = "0.00000000000000000000000000000000000001";  // 10^-38

TEST(DecimalTest, IsASmallTriviallyCopyableValueThatStartsAtZero) {
  static_assert(std::is_trivially_copyable_v<Decimal>);
  static_assert(sizeof(Decimal) == 32);
  EXPECT_EQ(Decimal(), Decimal::FromInt(0));
  EXPECT_EQ(Decimal().ToString(), "0");
  EXPECT_TRUE(Decimal().IsZero());
}

TEST(DecimalParseTest, ReadsPlainNumbers) {
  EXPECT_EQ(D("0").ToString(), "0");
  EXPECT_EQ(D("1234.56").ToString(), "1234.56");
  EXPECT_EQ(D("-1234.56").ToString(), "-1234.56");
  EXPECT_EQ(D("0.000000001").ToString(), "0.000000001");
  EXPECT_EQ(D("-0.5").ToString(), "-0.5");
  EXPECT_EQ(D("320000000000").ToString(), "320000000000");
}

TEST(DecimalParseTest, EqualNumbersAreEqualHoweverTheyAreWritten) {
  EXPECT_EQ(D("1.50"), D("1.5"));
  EXPECT_EQ(D("007"), D("7"));
  EXPECT_EQ(D("100.000"), D("100"));
  EXPECT_EQ(D("-0"), D("0"));
  EXPECT_EQ(D("-0.000"), D("0"));
  EXPECT_EQ(D("1.50").scale(), 1);
  EXPECT_EQ(D("100").scale(), 0);
  EXPECT_EQ(D("100").coefficient(), 100);
  EXPECT_EQ(D("-12.5").coefficient(), -125);
}

TEST(DecimalParseTest, AcceptsAnExponent) {
  EXPECT_EQ(D("3.2e11"), D("320000000000"));
  EXPECT_EQ(D("3.2E+11"), D("320000000000"));
  EXPECT_EQ(D("25e-1"), D("2.5"));
  EXPECT_EQ(D("1e37").ToString(), "10000000000000000000000000000000000000");
  EXPECT_EQ(D("1e-38").ToString(), kSmallest);
  EXPECT_EQ(D("100e-40").ToString(), kSmallest);
  EXPECT_EQ(D("0.00001e42"), D("1e37"));
  EXPECT_EQ(D("0e999"), D("0"));
}

TEST(DecimalParseTest, HoldsThirtyEightDigitsAnywhere) {
  EXPECT_EQ(D(kLargest).ToString(), kLargest);
  EXPECT_EQ(D("-99999999999999999999999999999999999999").ToString(),
            "-99999999999999999999999999999999999999");
  EXPECT_EQ(D(kSmallest).ToString(), kSmallest);
  EXPECT_EQ(D("0.99999999999999999999999999999999999999").scale(), 38);
  EXPECT_EQ(D("1234567890123456789.1234567890123456789").ToString(),
            "1234567890123456789.1234567890123456789");
}

TEST(DecimalParseTest, DoesNotCountZerosThatSayNothing) {
  const std::string zeros(100, '0');
  EXPECT_EQ(D(fmt::format("{}1.{}", zeros, zeros)), D("1"));
  EXPECT_EQ(D(fmt::format("1{:.37}.{:.50}", zeros, zeros)), D("1e37"));
}

struct BadText {
  std::string text;
  std::string message;
};

TEST(DecimalParseTest, SaysWhichCharacterIsWrongAndWhatWouldBeRight) {
  const BadText cases[] = {
      {"", "is empty; write a decimal number such as 1234.56"},
      {"1,000",
       "unexpected character \",\" at position 2 of \"1,000\"; write digits without grouping and "
       "with a point for "
       "decimals, such as 1234.56"},
      {"1_000",
       "unexpected character \"_\" at position 2 of \"1_000\"; write digits without grouping and "
       "with a point for "
       "decimals, such as 1234.56"},
      {" 1", "unexpected character \" \" at position 1 of \" 1\"; leave blanks out"},
      {"1 ", "unexpected character \" \" at position 2 of \"1 \"; leave blanks out"},
      {"+1", "unexpected character \"+\" at position 1 of \"+1\"; leave the plus sign out"},
      {"-", "\"-\" ends at position 2, where a digit is expected"},
      {"12.", "\"12.\" ends at position 4, where a digit is expected"},
      {"1e", "\"1e\" ends at position 3, where a digit is expected"},
      {"1e+", "\"1e+\" ends at position 4, where a digit is expected"},
      {".5",
       "unexpected character \".\" at position 1 of \".5\"; write a decimal number such as "
       "-1234.56"},
      {"--1",
       "unexpected character \"-\" at position 2 of \"--1\"; write a decimal number such as "
       "-1234.56"},
      {"1.2.3",
       "unexpected character \".\" at position 4 of \"1.2.3\"; write a decimal number such as "
       "-1234.56"},
      {"1e5.5",
       "unexpected character \".\" at position 4 of \"1e5.5\"; write a decimal number such as "
       "-1234.56"},
      {"0x10",
       "unexpected character \"x\" at position 2 of \"0x10\"; write a decimal number such as "
       "-1234.56"},
      {"NaN",
       "unexpected character \"N\" at position 1 of \"NaN\"; write a decimal number such as "
       "-1234.56"},
      {"６５",
       "unexpected character \"６\" at position 1 of \"６５\"; write a decimal number such as "
       "-1234.56"},
      {"100억",
       "unexpected character \"억\" at position 4 of \"100억\"; write a decimal number such as "
       "-1234.56"},
      {std::string("1\0", 2),
       "unexpected character \"\\x00\" at position 2 of \"1\\x00\"; write a decimal number such as "
       "-1234.56"},
      {"1\xff",
       "unexpected character \"\\xff\" at position 2 of \"1\\xff\"; write a decimal number such as "
       "-1234.56"},
  };
  for (const BadText& bad : cases) {
    const absl::Status status = Decimal::Parse(bad.text).status();
    EXPECT_EQ(Message(status), bad.message);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << bad.text;
    EXPECT_EQ(Reason(status), "MALFORMED_DECIMAL") << bad.text;
  }
}

TEST(DecimalParseTest, SaysWhyANumberIsOutOfRange) {
  const BadText cases[] = {
      {"123456789012345678901234567890123456789",
       "\"123456789012345678901234567890123456789\" has 39 significant digits; at most 38 are "
       "held"},
      {"1e38", "\"1e38\" is not between -10^38 and 10^38"},
      {"-100000000000000000000000000000000000000",
       "\"-100000000000000000000000000000000000000\" is not between -10^38 and 10^38"},
      {"1e-39", "\"1e-39\" has 39 decimal places; at most 38 are held"},
      {"12e-39", "\"12e-39\" has 39 decimal places; at most 38 are held"},
      {"1e1000", "\"1e1000\" has an exponent beyond ±999"},
      {"1e-99999999999999999999", "\"1e-99999999999999999999\" has an exponent beyond ±999"},
  };
  for (const BadText& bad : cases) {
    const absl::Status status = Decimal::Parse(bad.text).status();
    EXPECT_EQ(Message(status), bad.message);
    EXPECT_EQ(Reason(status), "DECIMAL_OUT_OF_RANGE") << bad.text;
  }
  const absl::Status too_long = Decimal::Parse(std::string(257, '0')).status();
  EXPECT_EQ(Reason(too_long), "DECIMAL_OUT_OF_RANGE");
  EXPECT_EQ(Text(Decimal::Parse(std::string(256, '0'))), "0");
}

TEST(DecimalParseTest, TheErrorTakesTheCallersFieldPath) {
  const absl::Status status = Under("rates[2].value", Decimal::Parse("1,4").status());
  EXPECT_EQ(Field(status), "rates[2].value");
  EXPECT_EQ(Message(status).substr(0, 38), "rates[2].value: unexpected character \"");
}

TEST(DecimalTest, FromPartsMakesTheCanonicalForm) {
  EXPECT_EQ(Text(Decimal::FromParts(150, 2)), "1.5");
  EXPECT_EQ(Text(Decimal::FromParts(-150, 1)), "-15");
  EXPECT_EQ(Text(Decimal::FromParts(0, 30)), "0");
  EXPECT_EQ(Text(Decimal::FromParts(7, -3)), "7000");
  EXPECT_EQ(Text(Decimal::FromParts(1000, 41)), kSmallest);
  EXPECT_EQ(Text(Decimal::FromParts(0, std::numeric_limits<int>::min())), "0");
}

TEST(DecimalTest, FromPartsRefusesWhatDoesNotFit) {
  const __int128 limit =
      static_cast<__int128>(10'000'000'000'000'000'000u) * 10'000'000'000'000'000'000u;
  EXPECT_EQ(Text(Decimal::FromParts(limit, 0)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Decimal::FromParts(-limit, 0)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Decimal::FromParts(limit, 1)), "10000000000000000000000000000000000000");
  EXPECT_EQ(Text(Decimal::FromParts(limit - 1, 0)), kLargest);
  EXPECT_EQ(Text(Decimal::FromParts(1, 39)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Decimal::FromParts(1, -38)), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Decimal::FromParts(1, std::numeric_limits<int>::min())), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Text(Decimal::FromParts(1, std::numeric_limits<int>::max())), "AMOUNT_OVERFLOW");
  const __int128 most_negative = static_cast<__int128>(static_cast<unsigned __int128>(1) << 127);
  EXPECT_EQ(Text(Decimal::FromParts(most_negative, 0)), "AMOUNT_OVERFLOW");
}

TEST(DecimalTest, FromIntHoldsEveryInteger) {
  EXPECT_EQ(Decimal::FromInt(std::numeric_limits<int64_t>::max()).ToString(),
            "9223372036854775807");
  EXPECT_EQ(Decimal::FromInt(std::numeric_limits<int64_t>::min()).ToString(),
            "-9223372036854775808");
}

TEST(DecimalTest, PowersOfTenReachFromTheSmallestToTheLargest) {
  EXPECT_EQ(Decimal::PowerOfTen(0), D("1"));
  EXPECT_EQ(Decimal::PowerOfTen(9), D("1000000000"));
  EXPECT_EQ(Decimal::PowerOfTen(-9), D("0.000000001"));
  EXPECT_EQ(Decimal::PowerOfTen(37), D("1e37"));
  EXPECT_EQ(Decimal::PowerOfTen(-38), D("1e-38"));
  for (int exponent = -38; exponent <= 37; ++exponent) {
    EXPECT_TRUE(Decimal::PowerOfTen(exponent).IsPowerOfTen()) << exponent;
  }
  for (const char* other : {"0", "-1", "-10", "2", "0.2", "11", "1.1", "110", "20000000"}) {
    EXPECT_FALSE(D(other).IsPowerOfTen()) << other;
  }
}

TEST(DecimalUnitsNanosTest, ConvertsBothWaysExactly) {
  struct Pair {
    const char* text;
    UnitsNanos parts;
  };
  const Pair pairs[] = {
      {"0", {0, 0}},
      {"1.75", {1, 750'000'000}},
      {"-1.75", {-1, -750'000'000}},
      {"-0.000000001", {0, -1}},
      {"9223372036854775807.999999999", {std::numeric_limits<int64_t>::max(), 999'999'999}},
      {"-9223372036854775808.999999999", {std::numeric_limits<int64_t>::min(), -999'999'999}},
  };
  for (const Pair& pair : pairs) {
    EXPECT_EQ(Text(Decimal::FromUnitsNanos(pair.parts.units, pair.parts.nanos)), pair.text);
    const absl::StatusOr<UnitsNanos> parts = D(pair.text).ToUnitsNanos();
    ASSERT_TRUE(parts.ok()) << pair.text;
    EXPECT_EQ(*parts, pair.parts) << pair.text;
  }
}

TEST(DecimalUnitsNanosTest, RefusesPartsThatDisagree) {
  const absl::Status signs = Decimal::FromUnitsNanos(1, -1).status();
  EXPECT_EQ(Reason(signs), "MALFORMED_UNITS_NANOS");
  EXPECT_EQ(Field(signs), "nanos");
  EXPECT_EQ(Message(signs), "nanos: -1 has another sign than the units, 1; both must agree");
  EXPECT_EQ(Text(Decimal::FromUnitsNanos(-1, 1)), "MALFORMED_UNITS_NANOS");
  EXPECT_EQ(Text(Decimal::FromUnitsNanos(0, 1'000'000'000)), "MALFORMED_UNITS_NANOS");
  EXPECT_EQ(Text(Decimal::FromUnitsNanos(0, -1'000'000'000)), "MALFORMED_UNITS_NANOS");
}

TEST(DecimalUnitsNanosTest, RefusesWhatUnitsAndNanosCannotHold) {
  EXPECT_EQ(Reason(D("0.0000000001").ToUnitsNanos()), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Reason(D("9223372036854775808").ToUnitsNanos()), "AMOUNT_OVERFLOW");
  EXPECT_EQ(Reason(D("-9223372036854775809").ToUnitsNanos()), "AMOUNT_OVERFLOW");
}

TEST(DecimalFixedTest, PadsWithZeros) {
  EXPECT_EQ(D("1.5").ToStringFixed(2, Rounding::kHalfEven), "1.50");
  EXPECT_EQ(D("7").ToStringFixed(3, Rounding::kHalfEven), "7.000");
  EXPECT_EQ(D("0").ToStringFixed(2, Rounding::kHalfEven), "0.00");
  EXPECT_EQ(D("-0.05").ToStringFixed(3, Rounding::kHalfEven), "-0.050");
  EXPECT_EQ(D("12").ToStringFixed(0, Rounding::kHalfEven), "12");
}

TEST(DecimalFixedTest, RoundsWhatIsLonger) {
  EXPECT_EQ(D("2.345").ToStringFixed(2, Rounding::kHalfEven), "2.34");
  EXPECT_EQ(D("2.345").ToStringFixed(2, Rounding::kHalfUp), "2.35");
  EXPECT_EQ(D("9.999").ToStringFixed(2, Rounding::kHalfUp), "10.00");
  EXPECT_EQ(D("-0.001").ToStringFixed(2, Rounding::kHalfUp), "0.00");
  EXPECT_EQ(D("-0.001").ToStringFixed(2, Rounding::kFloor), "-0.01");
}

TEST(DecimalFixedTest, ANegativeScaleRoundsToTensAndHundreds) {
  EXPECT_EQ(D("1249").ToStringFixed(-2, Rounding::kHalfUp), "1200");
  EXPECT_EQ(D("1250").ToStringFixed(-2, Rounding::kHalfUp), "1300");
  EXPECT_EQ(D("49").ToStringFixed(-2, Rounding::kHalfUp), "0");
  EXPECT_EQ(D("-1").ToStringFixed(-38, Rounding::kUp), "-100000000000000000000000000000000000000");
}

TEST(DecimalFixedTest, NeverOverflows) {
  EXPECT_EQ(D(kLargest).ToStringFixed(38, Rounding::kHalfUp),
            fmt::format("{}.{:0>38}", kLargest, ""));
  EXPECT_EQ(D("9.9999999999999999999999999999999999999").ToStringFixed(0, Rounding::kHalfUp), "10");
  EXPECT_EQ(D(kLargest).ToStringFixed(-1, Rounding::kHalfUp),
            "100000000000000000000000000000000000000");
}

TEST(DecimalOrderTest, OrdersByValueWhateverTheScales) {
  const char* ascending[] = {"-99999999999999999999999999999999999999",
                             "-1e37",
                             "-2",
                             "-1.5",
                             "-1",
                             "-0.00000000000000000000000000000000000001",
                             "0",
                             "0.00000000000000000000000000000000000001",
                             "0.1",
                             "0.11",
                             "1",
                             "1.5",
                             "2",
                             "10",
                             "1e37",
                             "99999999999999999999999999999999999999"};
  for (size_t i = 0; i < std::size(ascending); ++i) {
    for (size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(D(ascending[i]) <=> D(ascending[j]), i <=> j)
          << ascending[i] << " " << ascending[j];
      EXPECT_EQ(D(ascending[i]) == D(ascending[j]), i == j);
    }
  }
}

TEST(DecimalTest, SignNegationAndAbsoluteValue) {
  EXPECT_EQ(D("-1.5").Sign(), -1);
  EXPECT_EQ(D("0").Sign(), 0);
  EXPECT_EQ(D("0.1").Sign(), 1);
  EXPECT_EQ(-D("1.5"), D("-1.5"));
  EXPECT_EQ(-D("0"), D("0"));
  EXPECT_EQ(D("-1.5").Abs(), D("1.5"));
  EXPECT_TRUE(D("15").IsInteger());
  EXPECT_FALSE(D("1.5").IsInteger());
}

TEST(DecimalTest, HashesEqualNumbersEqually) {
  EXPECT_EQ(D("1.50").Hash(), D("1.5").Hash());
  std::unordered_set<Decimal> standard;
  absl::flat_hash_set<Decimal> abseil;
  for (int i = 0; i < 1000; ++i) {
    standard.insert(*Decimal::FromParts(i % 100, 2));
    abseil.insert(*Decimal::FromParts(i % 100, 2));
  }
  EXPECT_EQ(standard.size(), 100u);
  EXPECT_EQ(abseil.size(), 100u);
}

TEST(DecimalTest, PrintsToStreams) {
  std::ostringstream out;
  out << D("-12.50");
  EXPECT_EQ(out.str(), "-12.5");
}

}  // namespace
}  // namespace outlay::money
